using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>One entry on its way to observations: grade, times, stream and evidence are the same for all it states.</summary>
internal sealed class GovernanceStatement
{
    private readonly string _stream;
    private readonly EvidenceGrade _grade;
    private readonly EvidenceRef[] _evidence;
    private readonly DateTimeOffset? _from;
    private readonly DateTimeOffset? _until;

    public GovernanceStatement(GovernanceSection section, Entry entry, string file, EvidenceGrade grade)
    {
        Entry = entry;
        _stream = section.Name;
        _grade = entry.Value("grade") is { } said ? Enum.Parse<EvidenceGrade>(said.AsText()!) : grade;
        _evidence = [new EvidenceRef($"{file}:{entry.Line}"), .. entry.Ids("evidence").Select(reference => new EvidenceRef(reference))];
        _from = entry.Instant("from") ?? entry.Instant("at") ?? entry.Instant(Properties.OccurredAt.Name);
        _until = entry.Instant("until");
        if (_until <= _from)
        {
            throw new EntryException(entry.Line, "until", "it ends before it starts; correct one of the dates");
        }
    }

    public Entry Entry { get; }

    public string Id => Entry.Id("id");

    /// <summary>States the properties of the kind that are keys of the entry.</summary>
    public Observation.SawNode Node(string id, NodeKind kind) => Node(id, kind, Entry.Properties(kind.Properties));

    /// <param name="id">Node id.</param>
    /// <param name="kind">Null: what it is is left to other sources.</param>
    /// <param name="properties">What is said of it.</param>
    public Observation.SawNode Node(string id, NodeKind? kind, IEnumerable<KeyValuePair<string, PropertyValue>> properties) => new()
    {
        Id = id,
        Kind = kind?.Name,
        Stream = _stream,
        From = _from,
        Grade = _grade,
        Evidence = _evidence,
        Properties = [.. properties],
    };

    /// <param name="kind">Which edge.</param>
    /// <param name="of">Its start.</param>
    /// <param name="to">Its end.</param>
    /// <param name="key">Tells it from parallel ones; null: the kind's default.</param>
    /// <param name="properties">What is said of it.</param>
    public Observation.SawEdge Edge(EdgeKind kind, string of, string to, string? key = null, params KeyValuePair<string, PropertyValue>[] properties) => new()
    {
        Kind = kind.Name,
        Of = of,
        To = to,
        Key = key,
        Stream = _stream,
        From = _from,
        Until = _until,
        Grade = _grade,
        Evidence = _evidence,
        Properties = properties,
    };

    /// <summary>An edge to each node the key names.</summary>
    public IEnumerable<Observation> Edges(EdgeKind kind, string of, string key) => Entry.Ids(key).Select(to => Edge(kind, of, to));

    /// <summary>An edge from each node the key names.</summary>
    public IEnumerable<Observation> EdgesFrom(EdgeKind kind, string key, string to) => Entry.Ids(key).Select(of => Edge(kind, of, to));
}
