using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Hr;

/// <summary>
/// What a first reading of the export notes, before anything is stated: the times of collection, who is described where, and rows
/// that give one id to different people. Keeps a few words for each person; nothing else grows with the export.
/// </summary>
internal sealed class HrSurvey
{
    private readonly Dictionary<string, Traits> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<(string File, string Engagement, DateTimeOffset? ValidFrom, DateTimeOffset? CollectedAt), (int Hash, string Where)> _employments = [];
    private readonly Dictionary<string, string> _teams = new(StringComparer.Ordinal);
    private readonly List<(string Id, string Where)> _parents = [];
    private readonly List<(string Id, string Where)> _positions = [];
    private readonly SortedDictionary<string, int> _skipped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _contradicted = new(StringComparer.Ordinal);

    private sealed class Traits
    {
        public List<(string Value, string Where)> Names { get; } = [];

        public List<(string Value, string Where)> Addresses { get; } = [];
    }

    /// <summary>Counts a row that the mapping leaves out.</summary>
    public void NoteSkipped(string file) => _skipped[file] = _skipped.GetValueOrDefault(file) + 1;

    /// <summary>Earliest collection time written in a row; null where no row has one.</summary>
    public DateTimeOffset? Earliest { get; private set; }

    public DateTimeOffset? Latest { get; private set; }

    /// <summary>Whether the export contradicts itself about who this id is; then the address is no proof of anything.</summary>
    public bool IsContradicted(string personId) => _contradicted.Contains(personId);

    public void Note(HrRow row)
    {
        if (row.CollectedAt is { } at)
        {
            Earliest = Earliest < at ? Earliest : at;
            Latest = Latest > at ? Latest : at;
        }

        if (row.Table.DescribesTeams && row.Team is { } team)
        {
            _teams.TryAdd(team, row.Where);
            if (row.TeamParent is { } parent)
            {
                _parents.Add((parent, row.Where));
            }
        }

        if (row.PersonId is not { } id)
        {
            return;
        }

        if (row.Table.DescribesPeople)
        {
            NotePerson(id, row);
        }
        else
        {
            _positions.Add((id, row.Where));
        }

        if (row.Table.DescribesEmployments && row.EmploymentKey is { } key)
        {
            NoteEmployment(key, row);
        }
    }

    /// <summary>Tells the report what the rows contradict each other in, one line each.</summary>
    public void Conclude(ImportReport report)
    {
        foreach (var (id, traits) in _people)
        {
            ConcludeNames(id, traits, report);
        }

        ConcludeAddresses(report);
        foreach (var (id, where) in _positions.Where(position => !_people.ContainsKey(position.Id)))
        {
            report.Warn("person", $"{where}: no row describes the person `{id}`; kept as a placeholder with this engagement. Export that person too, or leave the row out");
        }

        foreach (var (id, where) in _parents.Where(parent => !_teams.ContainsKey(parent.Id)))
        {
            report.Warn("team", $"{where}: the team above, `{id}`, is in no row of the export; the team stands alone");
        }

        foreach (var (file, count) in _skipped)
        {
            report.Warn($"{file}: {count} rows were left out as the mapping's `skip` says");
        }

        if (Latest - Earliest > TimeSpan.FromDays(1))
        {
            report.Warn($"the rows were collected at different times, from {Graph.Instants.ToText(Earliest!.Value)} to {Graph.Instants.ToText(Latest!.Value)}; the earliest counts for the run. Give --collected-at if the whole was read at once");
        }
    }

    private void NotePerson(string id, HrRow row)
    {
        if (!_people.TryGetValue(id, out var traits))
        {
            _people[id] = traits = new Traits();
        }

        Add(traits.Names, row.Name, row.Where);
        Add(traits.Addresses, row.Email, row.Where);
        Add(traits.Addresses, row.Login, row.Where);

        static void Add(List<(string Value, string Where)> list, string? value, string where)
        {
            if (value is not null && list.Count < 8 && list.TrueForAll(one => !string.Equals(one.Value, value, StringComparison.OrdinalIgnoreCase)))
            {
                list.Add((value, where));
            }
        }
    }

    private void NoteEmployment(string key, HrRow row)
    {
        // Another table adds to it, and a row of another time revises it: neither contradicts.
        var said = (row.File, key, row.ValidFrom, row.CollectedAt);
        var hash = row.EmploymentFacts;
        if (_employments.TryGetValue(said, out var before) && before.Hash != hash)
        {
            row.Note("engagement", $"{row.Where}: the engagement `{key}` is told otherwise in {before.Where}; both are kept, and what they disagree on is unknown. Remove one, or map `validFrom` if the export keeps history");
        }
        else
        {
            _employments[said] = (hash, row.Where);
        }
    }

    private void ConcludeNames(string id, Traits traits, ImportReport report)
    {
        var first = traits.Names.FirstOrDefault();
        foreach (var other in traits.Names.Skip(1))
        {
            if (!HrNames.ShareAWord(first.Value, other.Value))
            {
                _contradicted.Add(id);
                report.Warn("names", $"{other.Where}: `{id}` is another person in {first.Where} (the names share no word); both names are kept, and which holds is unknown. Give the two people ids of their own");
            }
        }
    }

    // An address that fits somebody else's name and not that of its own person.
    private void ConcludeAddresses(ImportReport report)
    {
        var byWord = _people
            .SelectMany(person => person.Value.Names.SelectMany(name => HrNames.Words(name.Value), (name, word) => (Word: word, person.Key)))
            .ToLookup(pair => pair.Word, pair => pair.Key, StringComparer.Ordinal);
        foreach (var (id, traits) in _people.Where(person => person.Value.Names.Count > 0))
        {
            foreach (var (address, where) in traits.Addresses.Where(address => !traits.Names.Exists(name => HrNames.Fits(address.Value, name.Value))))
            {
                var other = HrNames.WordsOfAddress(address)
                    .SelectMany(word => byWord[word])
                    .FirstOrDefault(candidate => candidate != id && _people[candidate].Names.Exists(name => HrNames.FitsWhole(address, name.Value)));
                if (other is not null)
                {
                    _contradicted.Add(id);
                    report.Warn("address", $"{where}: the login or address of `{id}` fits the name of `{other}` ({_people[other].Names[0].Where}) and not its own ({traits.Names[0].Where}); joined by id as the export says, but its address proves nothing. Check the ids of the tables");
                }
            }
        }
    }
}
