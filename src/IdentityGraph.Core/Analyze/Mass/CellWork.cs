namespace IdentityGraph.Analyze.Mass;

/// <summary>Which groups of starts of a graph are counted by blocks of targets, and which by blocks of starts.</summary>
internal sealed class CellWork
{
    /// <summary>One less than there are <see cref="Gates"/>, all bits set.</summary>
    public const int LastGate = 255;

    private readonly bool[] _isByTargets;

    /// <param name="graph">Where.</param>
    /// <param name="starts">By group, the start that is counted for it.</param>
    /// <param name="sums">By group, where what is counted is added up.</param>
    /// <param name="options">How.</param>
    public CellWork(CondensedGraph graph, int[] starts, Sums[] sums, MassOptions options)
    {
        (Graph, Sums, _isByTargets) = (graph, sums, new bool[starts.Length]);
        if (options.Method == MassMethod.Starts || (options.Method == MassMethod.Quicker && options.Stop.CanBeCanceled))
        {
            return;
        }

        var free = new JointFree(graph);
        var blocks = (free.Targets.Length + Mass.TargetBlocks.Width - 1) / Mass.TargetBlocks.Width;
        if (blocks == 0 || !IsQuicker(blocks, starts.Length, options))
        {
            return;
        }

        int[] able = [.. Enumerable.Range(0, starts.Length).Where(group => graph.Starts[starts[group]] is { Length: > 0 } parts && Array.TrueForAll(parts, free.Has))];
        if (able.Length > 0 && IsQuicker(blocks, able.Length, options))
        {
            (Free, StartsByTargets, TargetBlocks, ByTargets) = (free, new TargetStarts(graph, free, Array.ConvertAll(able, group => starts[group])), blocks, able);
            Array.ForEach(able, group => _isByTargets[group] = true);
        }
    }

    private static bool IsQuicker(int blocks, int starts, MassOptions options) =>
        options.Method == MassMethod.Targets || 2 * blocks < starts / SeedBlocks.Width;

    public CondensedGraph Graph { get; }

    /// <summary>By group.</summary>
    public Sums[] Sums { get; }

    /// <summary>By place among those counted by targets, its group.</summary>
    public int[] ByTargets { get; } = [];

    /// <summary>Whoever adds to a place holds one of them.</summary>
    public Lock[] Gates { get; } = [.. Enumerable.Range(0, LastGate + 1).Select(static _ => new Lock())];

    /// <summary>Null where all is counted by blocks of starts.</summary>
    public JointFree? Free { get; }

    /// <summary>Null where there are none.</summary>
    public TargetStarts? StartsByTargets { get; }

    public int TargetBlocks { get; }

    public bool IsByTargets(int group) => _isByTargets[group];
}
