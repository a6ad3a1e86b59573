using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>An application of a rule on the way to a proof, in one cell.</summary>
internal sealed record ProofApplication
{
    /// <summary>The order proofs prefer: fewest hops, rule number, premise ids, edges; of what reads the same, what is sure.</summary>
    public static readonly Comparer<ProofApplication> Order = Comparer<ProofApplication>.Create(Compare);

    public required GraphView View { get; init; }

    /// <summary>-1: a seed.</summary>
    public required int Clause { get; init; }

    public ControlRule? Rule { get; init; }

    /// <summary>It hands on the rights of its premise.</summary>
    public bool Inherits { get; init; }

    public required int Node { get; init; }

    /// <summary>Who it starts from: of a walk, who walks.</summary>
    public required int Origin { get; init; }

    public required int Hop { get; init; }

    /// <summary>What it gave, in every cell.</summary>
    public required uint Bits { get; init; }

    /// <summary>Cells in which its own truth, and the walk before it, let it conclude.</summary>
    public uint Surely { get; init; } = CellBits.AllCells;

    /// <summary>What it starts from.</summary>
    public (int Node, uint Bit) Premise { get; init; }

    /// <summary>Everything attained that it was chosen to rest on.</summary>
    public required IReadOnlyList<(int Node, uint Bit)> Needs { get; init; }

    /// <summary>Further premises, any one of each list.</summary>
    public required IReadOnlyList<IReadOnlyList<(int Node, uint Bit)>> Groups { get; init; }

    public required IReadOnlyList<string> PremiseIds { get; init; }

    /// <summary>Its edges by name, ordinal; spelt only where a tie asks for them.</summary>
    public IReadOnlyList<string> EdgeIds => field ??= [.. Edges.Select(NameOf).Order(StringComparer.Ordinal)];

    /// <summary>-1 for a seed.</summary>
    public int RuleNumber => Rule?.Index ?? -1;

    /// <summary>Its line in the last proof it was part of, with what it gave there: proofs of one search share their beginnings.</summary>
    public (uint Bits, ProofLine Line)? Told { get; set; }

    /// <summary>Dense indexes, in the order they are walked.</summary>
    public required IReadOnlyList<int> Edges { get; init; }

    private static int Compare(ProofApplication? left, ProofApplication? right)
    {
        var order = left!.Hop.CompareTo(right!.Hop);
        order = order != 0 ? order : left.RuleNumber.CompareTo(right.RuleNumber);
        order = order != 0 ? order : Compare(left.PremiseIds, right.PremiseIds);
        order = order != 0 ? order : Compare(left.EdgeIds, right.EdgeIds);
        order = order != 0 ? order : (right.Surely & ~CellBits.PossibleCells).CompareTo(left.Surely & ~CellBits.PossibleCells);
        return order != 0 ? order : (left.Node, left.Clause).CompareTo((right.Node, right.Clause));
    }

    private string NameOf(int index)
    {
        var edge = new Edge(View, index);
        return string.Join('\n', edge.Kind.Name, edge.Of.Id, edge.To.Id, edge.Key);
    }

    private static int Compare(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            var order = string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
