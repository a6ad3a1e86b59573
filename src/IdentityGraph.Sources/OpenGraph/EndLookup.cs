namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Ends that are named by name or by properties. What is wanted is gathered first, from the relationships; then every node is asked.
/// Grows with the number of different ends so named.
/// </summary>
internal sealed class EndLookup(PropertyNames names)
{
    /// <summary>Nodes kept for one end.</summary>
    public const int MostFits = 10;

    private readonly Dictionary<string, Fits> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int[] Keys, Dictionary<string, Fits> Values)> _byKeys = new(StringComparer.Ordinal);
    private readonly int _name = names.Find("name");

    public bool IsEmpty => _byName.Count == 0 && _byKeys.Count == 0;

    /// <summary>Notes that the end is looked for.</summary>
    public void Want(EndRecord end)
    {
        if (end.By == MatchBy.Name)
        {
            _byName.TryAdd(NameOf(end.Name), new());
        }
        else if (end.By == MatchBy.Property)
        {
            var matchers = Sorted(end);
            var keys = string.Join('\n', matchers.Select(matcher => matcher.Key));
            if (!_byKeys.TryGetValue(keys, out var wanted))
            {
                wanted = ([.. matchers.Select(matcher => names.Add(matcher.Key))], new(StringComparer.Ordinal));
                _byKeys.Add(keys, wanted);
            }

            wanted.Values.TryAdd(string.Join('\n', matchers.Select(matcher => matcher.Value)), new());
        }
    }

    /// <summary>Shows a node to every end that may mean it.</summary>
    public void Offer(NodeRecord node, ObjectKind kind)
    {
        if (_byName.Count > 0 && node.Properties.Text(_name) is { } name && _byName.TryGetValue(NameOf(name), out var named))
        {
            named.Add(node.Id.ToString(), kind);
        }

        foreach (var (keys, values) in _byKeys.Values)
        {
            var said = keys.Select(key => names[key] == "objectid" ? node.Id.ToString() : node.Properties.Text(key)).ToArray();
            if (said.All(value => value is not null) && values.TryGetValue(string.Join('\n', said), out var fits))
            {
                fits.Add(node.Id.ToString(), kind);
            }
        }
    }

    /// <summary>The nodes the end may mean, at most <see cref="MostFits"/>; where a kind is said, of that kind.</summary>
    public IReadOnlyList<(string Identifier, ObjectKind Kind)> Find(EndRecord end)
    {
        Fits? fits;
        if (end.By == MatchBy.Name)
        {
            fits = _byName.GetValueOrDefault(NameOf(end.Name));
        }
        else
        {
            var matchers = Sorted(end);
            fits = _byKeys.TryGetValue(string.Join('\n', matchers.Select(matcher => matcher.Key)), out var wanted)
                ? wanted.Values.GetValueOrDefault(string.Join('\n', matchers.Select(matcher => matcher.Value)))
                : null;
        }

        return fits is null ? [] : [.. fits.Nodes.Where(node => end.Kind is null || node.Kind.All.Contains(end.Kind)).Take(MostFits)];
    }

    /// <summary>How an end that nothing fits is called.</summary>
    public static string Shown(EndRecord end) =>
        end.By == MatchBy.Name ? "name=" + end.Name : string.Join(" and ", end.Matchers.Select(matcher => $"{matcher.Key}={matcher.Value}"));

    /// <summary>BloodHound keeps names in upper case.</summary>
    private static string NameOf(string name) => name.Trim().ToUpperInvariant();

    private static List<(string Key, string Value)> Sorted(EndRecord end) => [.. end.Matchers.OrderBy(matcher => matcher.Key, StringComparer.Ordinal)];

    private sealed class Fits
    {
        // More are remembered than kept, because a kind said at the end leaves some of them out.
        private const int Remembered = 100;

        public List<(string Identifier, ObjectKind Kind)> Nodes { get; } = [];

        public void Add(string identifier, ObjectKind kind)
        {
            if (Nodes.Count < Remembered && !Nodes.Contains((identifier, kind)))
            {
                Nodes.Add((identifier, kind));
            }
        }
    }
}
