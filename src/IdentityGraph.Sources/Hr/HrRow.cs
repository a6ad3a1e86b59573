using IdentityGraph.Collect;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Hr;

/// <summary>One row, read by its mapping: values checked, dates as instants. <see cref="Problem"/> says why it cannot be taken.</summary>
internal sealed class HrRow
{
    private const int MaxValueLength = 4_096;

    private readonly HrMapping _mapping;
    private readonly HrColumns _columns;
    private readonly CsvRows.Row _row;
    private readonly ImportReport? _notes;

    public HrRow(HrMapping mapping, HrTable table, HrColumns columns, CsvRows.Row row, string file, string? policyZone, ImportReport? notes)
    {
        (_mapping, Table, _columns, _row, _notes) = (mapping, table, columns, row, notes);
        (File, Line) = (file, row.Line);
        if (row.Problem is { } problem)
        {
            Problem = ("", problem);
            return;
        }

        PersonId = Read(HrField.PersonId)?.Normalize();
        Team = Read(HrField.Team)?.Normalize();
        CheckCells();
        ReadZone(policyZone);
        ReadDates();
        CheckIds();
    }

    public HrTable Table { get; }

    public string File { get; }

    public long Line { get; }

    public string Where => $"{File}:{Line}";

    /// <summary>Field (empty: the row) and what is wrong with it, and what to do; null for a good row.</summary>
    public (string Field, string Text)? Problem { get; private set; }

    public string? PersonId { get; }

    public string? Team { get; }

    public string? TeamParent => Read(HrField.TeamParent);

    public string? Email => Read(HrField.Email);

    public string? Login => Read(HrField.Login);

    public string? Name => Read(HrField.FullName) is { } name
        ? name
        : string.Join(' ', new[] { Read(HrField.FirstName), Read(HrField.LastName) }.OfType<string>()) is { Length: > 0 } parts ? parts : null;

    public IEnumerable<(string Type, string Value)> Keys => _columns.Keys(_row);

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>The zone the row or the mapping names; null: none is named and the policy's, or UTC, is taken.</summary>
    public string? ZoneName { get; private set; }

    public DateTimeOffset? Start { get; private set; }

    public DateTimeOffset? End { get; private set; }

    /// <summary>An end was asked for and the cell says there is none.</summary>
    public bool SaysNoEnd { get; private set; }

    /// <summary>A start or end was written without a time of day.</summary>
    public bool HasDays { get; private set; }

    public DateTimeOffset? StatusSince { get; private set; }

    public DateTimeOffset? ValidFrom { get; private set; }

    public DateTimeOffset? CollectedAt { get; private set; }

    /// <summary>Status of the model, or the export's own word where the mapping has none for it.</summary>
    public string? Status => Word(HrField.Status, _mapping.Status);

    /// <summary>Kind of the model, or the export's own word where the mapping has none for it.</summary>
    public string? Kind => Word(HrField.Kind, _mapping.Kind);

    /// <summary>What tells this engagement from the others: its id, else person and first day. Null: not readable.</summary>
    public string? EmploymentKey => (Read(HrField.EmploymentId), PersonId, Read(HrField.StartDate)) switch
    {
        ({ } id, _, _) => id,
        (null, { } person, null) => person,
        (null, { } person, _) when Start is { } start => $"{person}:{TimeZoneInfo.ConvertTime(start, Zone):yyyy-MM-dd}",
        _ => null,
    };

    /// <summary>A hash of everything the row says of the engagement.</summary>
    public int EmploymentFacts
    {
        get
        {
            var hash = new HashCode();
            foreach (var said in s_facts)
            {
                hash.Add(Read(said), StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }

    private static readonly HrField[] s_facts =
        [HrField.Kind, HrField.StartDate, HrField.EndDate, HrField.Status, HrField.Department, HrField.JobRole, HrField.Manager];

    /// <summary>The trimmed cell; null where it is empty or not mapped.</summary>
    public string? Read(HrField field) => _columns.Read(_row, field);

    public bool Has(HrField field) => _columns.Has(field);

    /// <summary>A remark that other rows may give as well.</summary>
    public void Note(string cause, string remark) => _notes?.Warn(cause, remark);

    private string? Word(HrField field, IReadOnlyDictionary<string, string> words) =>
        Read(field) is { } said ? words.GetValueOrDefault(said.ToLowerInvariant(), said) : null;

    private void Refuse(string field, string problem) => Problem ??= (field, problem);

    private void CheckIds()
    {
        if (Table.IsAboutPeople && PersonId is null)
        {
            Refuse(Column(HrField.PersonId), "the person's id is missing; every row about a person needs it");
        }
        else if (Table.DescribesTeams && Team is null)
        {
            Refuse(Column(HrField.Team), "the team's id is missing");
        }
    }

    private void CheckCells()
    {
        foreach (var (field, value) in _columns.Cells(_row))
        {
            if (value.Length > MaxValueLength || (HrField.Find(field)?.Name.EndsWith("Id", StringComparison.Ordinal) is true && value.Length > 160))
            {
                Refuse(HrField.Find(field) is { } known ? Column(known) : field, $"the value is {value.Length} characters long, more than any such value; check the column");
            }
            else if (SecretLooking.Find(value) is { } secret)
            {
                Refuse(HrField.Find(field) is { } known ? Column(known) : field, $"the value looks like {secret}; secrets are not read: take it out of the export, and replace it if it is real");
            }
        }
    }

    private void ReadZone(string? policyZone)
    {
        ZoneName = Read(HrField.TimeZone) ?? _mapping.TimeZone ?? policyZone;
        if (ZoneName is not null && HrDates.FindZone(ZoneName) is not { } found)
        {
            Refuse(Column(HrField.TimeZone), $"unknown time zone `{ZoneName}`; give an IANA name, as `Europe/Berlin`");
        }
        else if (ZoneName is not null)
        {
            Zone = HrDates.FindZone(ZoneName)!;
        }
    }

    private void ReadDates()
    {
        if (Date(HrField.StartDate) is { } start)
        {
            HasDays |= start.IsDay;
            Start = start.Start(Zone);
        }

        if (Date(HrField.EndDate) is { IsNever: false } end)
        {
            HasDays |= end.IsDay;
            End = end.End(Zone);
        }
        else
        {
            SaysNoEnd = Has(HrField.EndDate);
        }

        StatusSince = Date(HrField.StatusSince)?.Start(Zone);
        ValidFrom = Date(HrField.ValidFrom)?.Start(Zone);
        CollectedAt = Date(HrField.CollectedAt)?.Start(TimeZoneInfo.Utc);
        if (End <= Start)
        {
            Refuse(Column(HrField.EndDate), $"the engagement ends ({Read(HrField.EndDate)}) before it starts ({Read(HrField.StartDate)}); correct one of the dates in the HR system");
        }
    }

    private HrDates.Written? Date(HrField field)
    {
        if (Read(field) is not { } text)
        {
            return null;
        }

        if (HrDates.TryRead(text, _mapping.DateFormats, out var date))
        {
            return date;
        }

        Refuse(Column(field), $"`{(text.Length > 40 ? text[..40] + "…" : text)}` is not a date that can be read without guessing; write 2025-03-31, or name the format in the mapping (`dateFormats: [dd.MM.yyyy]`)");
        return null;
    }

    private string Column(HrField field) => Table.Columns.GetValueOrDefault(field, field.Name);
}
