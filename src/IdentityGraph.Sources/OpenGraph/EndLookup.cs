using System.Globalization;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Ends that are named by name or by properties. What is wanted is gathered first, from the relationships; then every node is asked.
/// Grows with the number of different ends so named (52 to 62 bytes each, see <see cref="NodesByText"/>), and with the nodes that they fit.
/// </summary>
internal sealed class EndLookup(PropertyNames names)
{
    /// <summary>Different sets of properties that ends are named by; every node is asked for each.</summary>
    public const int MostSets = 64;

    /// <summary>Nodes kept for all ends together.</summary>
    public const int MostCandidates = 4_000_000;

    private const string ByName = "";

    private readonly Dictionary<string, Wanted> _sets = new(StringComparer.Ordinal);
    private int _room = MostCandidates;

    public bool IsEmpty => _sets.Count == 0;

    /// <summary>Whether ends so named are looked for; not where there are too many sets of properties.</summary>
    public bool Seeks(EndRecord end) => end.By == MatchBy.Id || _sets.ContainsKey(SetOf(end));

    /// <summary>Notes that the end is looked for.</summary>
    public void Want(EndRecord end)
    {
        if (end.By == MatchBy.Id)
        {
            return;
        }

        var set = SetOf(end);
        if (!_sets.TryGetValue(set, out var wanted))
        {
            if (_sets.Count >= MostSets)
            {
                return;
            }

            string[] keys = end.By == MatchBy.Name ? ["name"] : [.. Sorted(end).Select(matcher => matcher.Key)];
            _sets[set] = wanted = new([.. keys.Select(key => (names.Add(key), key == "objectid"))]);
        }

        var (exact, loose) = ValuesOf(end);
        wanted.Exact.Want(exact);
        wanted.Loose.Want(loose);
    }

    /// <summary>Shows a node to every end that may mean it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="entry">Its number in the index.</param>
    /// <returns>Whether any of them may mean it.</returns>
    public bool Offer(NodeRecord node, int entry)
    {
        var isMeant = false;
        foreach (var (set, wanted) in _sets)
        {
            foreach (var said in Sayings(node, wanted.Keys))
            {
                isMeant |= wanted.Exact.Offer(set == ByName ? NameOf(said[0]) : Joined(said), entry, ref _room);
                isMeant |= wanted.Loose.Offer(Joined([.. said.Select(LooseText.Of)]), entry, ref _room);
            }
        }

        return isMeant;
    }

    /// <summary>The nodes that what the end is named by fits, whatever their kinds; where none fits to the letter, those that are alike.</summary>
    /// <param name="end">The end.</param>
    /// <param name="isAlike">Whether they are only alike.</param>
    public Candidates? Find(EndRecord end, out bool isAlike)
    {
        isAlike = false;
        if (!_sets.TryGetValue(SetOf(end), out var wanted))
        {
            return null;
        }

        var (exact, loose) = ValuesOf(end);
        if (wanted.Exact.Find(exact) is { } found && (found.Entries.Count > 0 || found.IsCut))
        {
            return found;
        }

        isAlike = true;
        return wanted.Loose.Find(loose);
    }

    /// <summary>How an end that nothing fits is called.</summary>
    public static string Shown(EndRecord end) =>
        end.By == MatchBy.Name ? "name=" + end.Name : string.Join(" and ", end.Matchers.Select(matcher => $"{matcher.Key}={matcher.Value}"));

    private static string SetOf(EndRecord end) => end.By == MatchBy.Name ? ByName : "=" + Joined([.. Sorted(end).Select(matcher => matcher.Key)]);

    private static (string Exact, string Loose) ValuesOf(EndRecord end)
    {
        if (end.By == MatchBy.Name)
        {
            return (NameOf(end.Name), Joined([LooseText.Of(end.Name)]));
        }

        var sorted = Sorted(end);
        return (Joined([.. sorted.Select(matcher => matcher.Key == "objectid" ? NameOf(matcher.Value) : matcher.Value)]), Joined([.. sorted.Select(matcher => LooseText.Of(matcher.Value))]));
    }

    /// <summary>What the node says of the properties: nothing where it lacks one; each of both values where it says one twice.</summary>
    private static IEnumerable<string[]> Sayings(NodeRecord node, (int Name, bool IsId)[] keys)
    {
        IEnumerable<string[]> sayings = [[]];
        foreach (var (name, isId) in keys)
        {
            IReadOnlyList<string> values = isId ? [node.Id.ToString()] : node.Properties.Texts(name);
            if (values.Count == 0)
            {
                return [];
            }

            sayings = sayings.SelectMany(before => values.Select(value => (string[])[.. before, value]));
        }

        return sayings.Take(MostSets);
    }

    /// <summary>BloodHound keeps names and ids in upper case.</summary>
    private static string NameOf(string name) => name.Trim().ToUpperInvariant();

    /// <summary>Several values as one text, which no other values become.</summary>
    private static string Joined(string[] values) =>
        values.Length == 1 ? values[0] : string.Concat(values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Length}:{value}")));

    private static List<(string Key, string Value)> Sorted(EndRecord end) => [.. end.Matchers.OrderBy(matcher => matcher.Key, StringComparer.Ordinal)];

    /// <summary>Ends named by one set of properties: which, and the nodes that each fits, to the letter and alike.</summary>
    private sealed record Wanted((int Name, bool IsId)[] Keys)
    {
        public NodesByText Exact { get; } = new();

        public NodesByText Loose { get; } = new();
    }
}
