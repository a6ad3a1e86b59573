using IdentityGraph.Analyze.Reach;

namespace IdentityGraph.Analyze.Mass;

/// <summary>Which starts of a graph are counted by blocks of targets, and which by blocks of starts.</summary>
internal sealed class CellWork
{
    private readonly HashSet<int> _byTargets = [];

    public CellWork(CondensedGraph graph, Cell[] cells, MassOptions options)
    {
        (Graph, Cells) = (graph, cells);
        if (options.Method == MassMethod.Starts || (options.Method == MassMethod.Quicker && options.Stop.CanBeCanceled))
        {
            return;
        }

        var free = new JointFree(graph);
        var blocks = (free.Targets.Length + Mass.TargetBlocks.Width - 1) / Mass.TargetBlocks.Width;
        if (blocks == 0 || !IsQuicker(blocks, graph.Starts.Length, options))
        {
            return;
        }

        int[] able = [.. Enumerable.Range(0, graph.Starts.Length).Where(start => graph.Starts[start] is { Length: > 0 } parts && Array.TrueForAll(parts, free.Has))];
        if (able.Length > 0 && IsQuicker(blocks, able.Length, options))
        {
            (Free, StartsByTargets, TargetBlocks) = (free, new TargetStarts(graph, able), blocks);
            _byTargets = [.. able];
        }
    }

    private static bool IsQuicker(int blocks, int starts, MassOptions options) =>
        options.Method == MassMethod.Targets || 2 * blocks < starts / SeedBlocks.Width;

    public CondensedGraph Graph { get; }

    /// <summary>The cells it stands for.</summary>
    public Cell[] Cells { get; }

    /// <summary>Null where all is counted by blocks of starts.</summary>
    public JointFree? Free { get; }

    /// <summary>Null where there are none.</summary>
    public TargetStarts? StartsByTargets { get; }

    public int TargetBlocks { get; }

    public bool IsByTargets(int start) => _byTargets.Contains(start);
}
