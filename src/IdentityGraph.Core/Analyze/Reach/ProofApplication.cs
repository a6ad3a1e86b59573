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

    /// <summary>The places of its premises among all ids, ascending: compared, they stand for the ids.</summary>
    public required IReadOnlyList<int> PremiseRanks { get; init; }

    /// <summary>Its edges in the order of their names; sorted only where a tie asks for it.</summary>
    private int[] EdgesByName => field ??= Sorted(View, [.. Edges]);

    /// <summary>Clauses of the walk before its own.</summary>
    public IReadOnlyList<int> Walked { get; init; } = [];

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
        order = order != 0 ? order : Compare(left.PremiseRanks, right.PremiseRanks, null);
        order = order != 0 ? order : Compare(left.EdgesByName, right.EdgesByName, left.View);
        order = order != 0 ? order : (right.Surely & ~CellBits.PossibleCells).CompareTo(left.Surely & ~CellBits.PossibleCells);
        return order != 0 ? order : (left.Node, left.Clause).CompareTo((right.Node, right.Clause));
    }

    /// <summary>How the edges of another application compare with these.</summary>
    /// <param name="walked">Some of them in the order of their names.</param>
    /// <param name="last">The one more.</param>
    public int CompareEdges(IReadOnlyList<int> walked, int last)
    {
        var (mine, taken, told) = (EdgesByName, 0, false);
        for (var i = 0; i <= walked.Count; i++)
        {
            if (i == mine.Length)
            {
                return 1;
            }

            var next = !told && (taken == walked.Count || CompareNames(View, last, walked[taken]) < 0) ? last : walked[taken];
            told |= next == last;
            taken += next == last ? 0 : 1;
            var order = CompareNames(View, next, mine[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return (walked.Count + 1).CompareTo(mine.Length);
    }

    /// <summary>In the order of their names.</summary>
    public static int[] Sorted(GraphView view, int[] edges)
    {
        if (edges.Length > 1)
        {
            Array.Sort(edges, (one, other) => CompareNames(view, one, other));
        }

        return edges;
    }

    /// <summary>By kind, start, end and key, ordinal: as the names of both would be compared.</summary>
    public static int CompareNames(GraphView view, int left, int right)
    {
        if (left == right)
        {
            return 0;
        }

        var columns = view.Columns;
        var (one, other) = (columns.KindOfEdge(left), columns.KindOfEdge(right));
        var order = one == other ? 0 : string.CompareOrdinal(EdgeKind.All[one].Name, EdgeKind.All[other].Name);
        order = order != 0 ? order : columns.IdRanks[columns.EdgeOf[left]].CompareTo(columns.IdRanks[columns.EdgeOf[right]]);
        order = order != 0 ? order : columns.IdRanks[columns.EdgeTo[left]].CompareTo(columns.IdRanks[columns.EdgeTo[right]]);
        return order != 0 ? order : string.CompareOrdinal(new Edge(view, left).Key, new Edge(view, right).Key);
    }

    /// <param name="left">Numbers, or edges.</param>
    /// <param name="right">The same.</param>
    /// <param name="view">Of edges; null: they are numbers.</param>
    private static int Compare(IReadOnlyList<int> left, IReadOnlyList<int> right, GraphView? view)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            var order = view is null ? left[i].CompareTo(right[i]) : CompareNames(view, left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
