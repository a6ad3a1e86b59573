using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Hr;

/// <summary>What a good row states: the person, the engagement and how they belong together, the team.</summary>
internal sealed class HrStatements(HrMapping mapping, HrSurvey survey, string system, DateTimeOffset startedAt, bool rowsHaveTimes, ImportReport report)
{
    public const string People = "people";
    public const string Employments = "employments";
    public const string Teams = "teams";

    public IEnumerable<Observation> Of(HrRow row) => OfPerson(row).Concat(OfEmployment(row)).Concat(OfTeam(row));

    /// <summary>That a refused row was there, as far as its ids can be read.</summary>
    public IEnumerable<Observation> Seen(HrRow row, string reason)
    {
        if (row.PersonId is { } person)
        {
            if (row.Table.DescribesPeople || mapping.Tables.Count == 1)
            {
                yield return new Observation.SeenUnreadable { Id = PersonId(person), Stream = People, Reason = reason };
            }

            if (row.Table.DescribesEmployments && row.EmploymentKey is { } key)
            {
                yield return new Observation.SeenUnreadable { Id = Id("employment", key), Stream = Employments, Reason = reason };
                yield return new Observation.SeenUnreadable { EdgeKind = EdgeKinds.EmployedAs.Name, Of = PersonId(person), To = Id("employment", key), Stream = Employments, Reason = reason };
            }
        }

        if (row.Team is { } team && row.Table.DescribesTeams)
        {
            yield return new Observation.SeenUnreadable { Id = Id("team", team), Stream = Teams, Reason = reason };
        }
    }

    private IEnumerable<Observation> OfPerson(HrRow row)
    {
        if (row.PersonId is not { } person || !(row.Table.DescribesPeople || mapping.Tables.Count == 1))
        {
            yield break;
        }

        // Who one is lasts as long as one is known to HR; since when an address is one's own, an export does not say.
        var lasting = new HrLine(row);
        lasting.Say(Properties.HrId, person);
        lasting.Say(Properties.Name, row.Name);
        lasting.Say(Properties.EmployeeNumber, row.Read(HrField.EmployeeNumber));
        yield return Node(row, PersonId(person), NodeKinds.Person, People, lasting, row.ValidFrom ?? row.Start);

        var address = new HrLine(row);
        address.Say(Properties.Email, row.Email);
        if (row.Email is not null)
        {
            address.Say(Properties.EmailVerified, survey.IsContradicted(person) ? false : Flag(row.Read(HrField.EmailVerified)));
        }

        address.Say(Properties.CorrelationKeys, KeysOf(row));
        if (!address.IsEmpty)
        {
            yield return Node(row, PersonId(person), NodeKinds.Person, People, address, row.ValidFrom);
        }
    }

    private IEnumerable<Observation> OfEmployment(HrRow row)
    {
        if (!row.Table.DescribesEmployments || row.PersonId is not { } person || row.EmploymentKey is not { } key)
        {
            yield break;
        }

        var id = Id("employment", key);
        yield return Node(row, id, NodeKinds.Employment, Employments, Term(row), row.ValidFrom ?? row.Start);

        var status = new HrLine(row);
        status.Say(Properties.EmploymentStatus, Known(Properties.EmploymentStatus, row.Status));
        if (!status.IsEmpty)
        {
            yield return Node(row, id, NodeKinds.Employment, Employments, status, row.StatusSince ?? row.ValidFrom ?? EndedAlready(row));
        }

        var place = new HrLine(row);
        place.Say(Properties.Department, row.Read(HrField.Department));
        place.Say(Properties.JobRole, row.Read(HrField.JobRole));
        if (row.Has(HrField.Manager))
        {
            place.Say(Properties.ManagerId, row.Read(HrField.Manager) is { } manager ? PropertyValue.Of(PersonId(manager.Normalize())) : PropertyValue.None);
        }

        if (!place.IsEmpty)
        {
            yield return Node(row, id, NodeKinds.Employment, Employments, place, row.ValidFrom);
        }

        yield return Edge(row, EdgeKinds.EmployedAs, PersonId(person), id, Employments, row.Start);
    }

    // The term holds from its first day on: an end entered late was the end all the same, and a later export says it anew.
    private HrLine Term(HrRow row)
    {
        var term = new HrLine(row);
        term.Say(Properties.EmploymentKind, Known(Properties.EmploymentKind, row.Kind));
        term.Say(Properties.StartAt, row.Start);
        if (row.End is { } end)
        {
            term.Say(Properties.EndAt, end);
            if (row.Status == "active" && end <= startedAt)
            {
                report.Warn("active", $"{row.Where}: called active though its last day is past; the dates decide");
            }
        }
        else if (row.SaysNoEnd && row.Status != "ended")
        {
            term.Say(Properties.EndAt, PropertyValue.None);
        }

        term.Say(Properties.Tz, row.ZoneName);
        if (row is { HasDays: true, ZoneName: null })
        {
            report.Warn($"{row.File}: dates without a time stand in no zone and are taken as UTC; map `timeZone`, or state one in the mapping");
            term.Flag("day in UTC: no zone was stated");
        }
        else if (row.HasDays)
        {
            term.Flag("day");
        }

        return term;
    }

    private IEnumerable<Observation> OfTeam(HrRow row)
    {
        if (row.Team is not { } team)
        {
            yield break;
        }

        var stream = row.Table.DescribesTeams ? Teams : People;
        if (row.Table.DescribesTeams || row.Has(HrField.TeamName) || !mapping.Tables.Any(table => table.DescribesTeams))
        {
            var line = new HrLine(row);
            line.Say(Properties.Name, row.Read(HrField.TeamName) ?? (row.Table.DescribesTeams ? null : team));
            yield return Node(row, Id("team", team), NodeKinds.Team, stream, line, null);
        }

        if (row.Table.DescribesTeams && row.Read(HrField.TeamOwner) is { } owner)
        {
            yield return Edge(row, EdgeKinds.OwnedBy, Id("team", team), PersonId(owner.Normalize()), stream, null, (Properties.OwnerRole, "accountable"));
        }

        if (row.PersonId is { } person)
        {
            yield return Edge(row, EdgeKinds.MemberOfTeam, PersonId(person), Id("team", team), stream, null);
        }
    }

    private Observation.SawNode Node(HrRow row, string id, NodeKind kind, string stream, HrLine line, DateTimeOffset? from) => new()
    {
        Id = id,
        Kind = kind.Name,
        Stream = stream,
        From = from,
        At = AtOf(row),
        Properties = line.Properties,
        Evidence = [line.Evidence],
    };

    private Observation.SawEdge Edge(HrRow row, EdgeKind kind, string of, string to, string stream, DateTimeOffset? from, params (Property Property, string Value)[] says) => new()
    {
        Kind = kind.Name,
        Of = of,
        To = to,
        Stream = stream,
        From = from,
        At = AtOf(row),
        Properties = [.. says.Select(said => KeyValuePair.Create(said.Property.Name, PropertyValue.Of(said.Value)))],
        Evidence = [new EvidenceRef(row.Where)],
    };

    private DateTimeOffset? AtOf(HrRow row) => rowsHaveTimes && row.CollectedAt is { } at && at != startedAt ? at : null;

    private DateTimeOffset? EndedAlready(HrRow row) =>
        row.Status == "ended" && row.End is { } end && end <= (AtOf(row) ?? startedAt) ? end : null;

    private static string[] KeysOf(HrRow row) =>
    [
        .. row.Keys.Select(key => $"{key.Type}:{key.Value}"),
        .. row.Login is { } login ? new[] { $"login:{login}" } : [],
    ];

    private string? Known(Property property, string? word)
    {
        if (word is not null && !property.Words.Contains(word))
        {
            report.CountUnrecognised($"word {property.Name}={(word.Length > 64 ? word[..64] + "…" : word)}");
        }

        return word;
    }

    private static bool? Flag(string? said) => said?.ToLowerInvariant() switch
    {
        "true" or "yes" or "1" => true,
        "false" or "no" or "0" => false,
        _ => null,
    };

    private string PersonId(string id) => Id("person", id);

    private string Id(string space, string id) => $"{Uri.EscapeDataString(system)}:{space}/{Uri.EscapeDataString(id)}";
}

/// <summary>The properties of one line and the row they come from.</summary>
internal sealed class HrLine(HrRow row)
{
    private readonly List<KeyValuePair<string, PropertyValue>> _properties = [];
    private string? _flag;

    public bool IsEmpty => _properties.Count == 0;

    public IReadOnlyList<KeyValuePair<string, PropertyValue>> Properties => _properties;

    /// <summary>File and line; the note says how exactly its dates are known.</summary>
    public EvidenceRef Evidence => new(row.Where, Note: _flag is null ? null : $"precision={_flag}");

    public void Flag(string precision) => _flag = precision;

    public void Say(Property property, PropertyValue value) => _properties.Add(new(property.Name, value));

    public void Say(Property property, string? value)
    {
        if (value is not null)
        {
            Say(property, PropertyValue.Of(value));
        }
    }

    public void Say(Property property, DateTimeOffset? value)
    {
        if (value is { } instant)
        {
            Say(property, PropertyValue.Of(instant));
        }
    }

    public void Say(Property property, bool? value)
    {
        if (value is { } flag)
        {
            Say(property, PropertyValue.Of(flag));
        }
    }

    public void Say(Property property, string[] values)
    {
        if (values.Length > 0)
        {
            Say(property, PropertyValue.Of(values));
        }
    }
}
