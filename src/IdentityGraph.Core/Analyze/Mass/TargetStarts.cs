namespace IdentityGraph.Analyze.Mass;

/// <summary>Starts to be counted by targets: those that begin with one part are found by it; the others, which are few, are asked every time.</summary>
internal sealed class TargetStarts
{
    public TargetStarts(CondensedGraph graph, int[] starts)
    {
        All = starts;
        ByPart = Groups.Of(Array.ConvertAll(starts, start => graph.Starts[start] is [var only] ? only : -1), graph.Count);
        OfMany = [.. starts.Where(start => graph.Starts[start].Length > 1)];
    }

    public int[] All { get; }

    /// <summary>By part, places in <see cref="All"/>.</summary>
    public Groups ByPart { get; }

    /// <summary>Starts that begin with several parts.</summary>
    public int[] OfMany { get; }
}
