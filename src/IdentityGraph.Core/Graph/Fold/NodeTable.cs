namespace IdentityGraph.Graph.Fold;

/// <summary>Numbers nodes by id (compared after NFC, spelt as first met) and keeps the latest label stated of each.</summary>
internal sealed class NodeTable
{
    /// <summary>Numbers of the two ends of time among the collector's instants.</summary>
    public const int Earliest = 0;
    public const int Latest = 1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Grown<string?> _labels = new();
    private readonly Grown<(long At, long From)> _labelled = new();
    private readonly Grown<bool> _described = new();

    public int Count => Ids.Count;

    public Grown<string> Ids { get; } = new();

    public int Add(string id)
    {
        ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_numbers, Nfc.Of(id), out var known);
        if (!known)
        {
            number = Ids.Add(id);
            _labels.Add(null);
            _labelled.Add(default);
            _described.Add(false);
        }

        return number;
    }

    /// <summary>Null where no line stated one.</summary>
    public string? LabelOf(int node) => _labels[node];

    /// <summary>Whether any line stated what is true of it.</summary>
    public bool IsDescribed(int node) => _described[node];

    public void Describe(int node) => _described[node] = true;

    /// <summary>One label a snapshot: the one read last, then the one of the latest beginning, then a known one, then by name.</summary>
    public void Label(int node, string label, long at, long from)
    {
        ref var current = ref _labels[node];
        ref var when = ref _labelled[node];
        if (current is null || Precedes((when.At, when.From, current), (at, from, label)))
        {
            current = label;
            when = (at, from);
        }
    }

    /// <summary>Its number by id, for reading.</summary>
    public Dictionary<string, int> Numbers => _numbers;

    private static bool Precedes((long At, long From, string Label) left, (long At, long From, string Label) right)
    {
        var byTime = (left.At, left.From).CompareTo((right.At, right.From));
        if (byTime != 0)
        {
            return byTime < 0;
        }

        var known = (NodeKind.Find(left.Label) is not null).CompareTo(NodeKind.Find(right.Label) is not null);
        return known != 0 ? known < 0 : string.CompareOrdinal(left.Label, right.Label) > 0;
    }
}
