namespace IdentityGraph.Interop.Pictures;

/// <summary>Things and the lanes of long edges, in ranks; every edge goes from one rank to the next.</summary>
internal sealed class Items(int ranks)
{
    public List<int> Rank { get; } = [];

    /// <summary>Along the ranks.</summary>
    public List<double> Depth { get; } = [];

    /// <summary>Across them.</summary>
    public List<double> Breadth { get; } = [];

    public List<bool> IsLane { get; } = [];

    /// <summary>Where its middle is, across.</summary>
    public List<double> Middle { get; } = [];

    public List<List<int>> Before { get; } = [];

    public List<List<int>> After { get; } = [];

    /// <summary>The items of each rank, in their order across.</summary>
    public IReadOnlyList<List<int>> Ranks { get; } = [.. Enumerable.Range(0, ranks).Select(static _ => new List<int>())];

    public int Count => Rank.Count;

    public int Add(int rank, double depth, double breadth, bool isLane)
    {
        Rank.Add(rank);
        Depth.Add(depth);
        Breadth.Add(breadth);
        IsLane.Add(isLane);
        Middle.Add(0);
        Before.Add([]);
        After.Add([]);
        Ranks[rank].Add(Count - 1);
        return Count - 1;
    }

    public void Join(int from, int to)
    {
        After[from].Add(to);
        Before[to].Add(from);
    }
}
