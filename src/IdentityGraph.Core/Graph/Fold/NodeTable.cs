namespace IdentityGraph.Graph.Fold;

/// <summary>How much a label counts among those stated of one node, by which the greatest is taken.</summary>
/// <param name="IsOfOverlay">Laid over what sources say.</param>
/// <param name="Grade">Of the line.</param>
/// <param name="IsOfItsSystem">The source reads the system that the id names.</param>
/// <param name="At">When it was read (UTC ticks).</param>
/// <param name="From">Since when it is stated to hold (UTC ticks).</param>
internal readonly record struct LabelRank(bool IsOfOverlay, EvidenceGrade Grade, bool IsOfItsSystem, long At, long From) : IComparable<LabelRank>
{
    public int CompareTo(LabelRank other) =>
        (IsOfOverlay, Grade, IsOfItsSystem, At, From).CompareTo((other.IsOfOverlay, other.Grade, other.IsOfItsSystem, other.At, other.From));
}

/// <summary>Numbers nodes by id (compared after NFC, spelt as first met) and keeps the label of each that counts most.</summary>
internal sealed class NodeTable
{
    /// <summary>Numbers of the two ends of time among the collector's instants.</summary>
    public const int Earliest = 0;
    public const int Latest = 1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Grown<string?> _labels = new();
    private readonly Grown<LabelRank> _labelled = new();
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

    /// <summary>
    /// One label a snapshot, for what a node is decides which rules begin at it. A kind goes before a word that is none, which says nothing
    /// of what it is; then what the system itself says before what others say of it; then the one read last, of the latest beginning; then by name.
    /// </summary>
    public void Label(int node, string label, LabelRank rank)
    {
        ref var current = ref _labels[node];
        ref var counted = ref _labelled[node];
        if (current is null || Precedes((current, counted), (label, rank)))
        {
            current = label;
            counted = rank;
        }
    }

    /// <summary>Its number by id, for reading.</summary>
    public Dictionary<string, int> Numbers => _numbers;

    private static bool Precedes((string Label, LabelRank Rank) left, (string Label, LabelRank Rank) right)
    {
        var byKind = IsKind(left.Label).CompareTo(IsKind(right.Label));
        var byRank = byKind != 0 ? byKind : left.Rank.CompareTo(right.Rank);
        return byRank != 0 ? byRank < 0 : string.CompareOrdinal(left.Label, right.Label) > 0;
    }

    private static bool IsKind(string label) => NodeKind.Find(label) is { } kind && kind != NodeKinds.Unknown;
}
