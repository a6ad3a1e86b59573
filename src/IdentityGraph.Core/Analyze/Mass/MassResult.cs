namespace IdentityGraph.Analyze.Mass;

/// <summary>How far each start reaches, and what it took to find out.</summary>
/// <param name="Summaries">One for each start, in their order; null for those it was stopped before.</param>
/// <param name="Costs">What it took.</param>
public sealed record MassResult(IReadOnlyList<ReachSummary?> Summaries, MassCosts Costs);

/// <summary>What counting took, for who measures or sizes a machine.</summary>
public sealed record MassCosts
{
    /// <summary>Writing clauses that were not written yet, laying out and condensing the graphs.</summary>
    public TimeSpan Preparing { get; init; }

    /// <summary>Finding and counting what is reached.</summary>
    public TimeSpan Counting { get; init; }

    /// <summary>How many of the four cells of control differ: each is a graph of its own.</summary>
    public int Cells { get; init; }

    /// <summary>Parts of the condensed graphs.</summary>
    public long Parts { get; init; }

    /// <summary>Their edges.</summary>
    public long Edges { get; init; }

    /// <summary>Edges passed while counting, each with a row of 512 bits.</summary>
    public long EdgesPassed { get; init; }

    /// <summary>Time spent on passing them, of all workers together; the rest of counting is adding up.</summary>
    public TimeSpan Passing { get; init; }

    /// <summary>Blocks that were counted with targets as bits.</summary>
    public int TargetBlocks { get; init; }

    public int Workers { get; init; }

    /// <summary>Memory of the rows of bits of all workers.</summary>
    public long RowBytes { get; init; }
}
