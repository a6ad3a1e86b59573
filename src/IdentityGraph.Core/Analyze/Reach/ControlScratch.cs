namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// The arrays of one control graph that is asked little and thrown away, to be used again by the next: only what was touched is
/// cleared, so that many small questions about a large graph stay small. One graph at a time.
/// </summary>
internal sealed class ControlScratch(int nodes)
{
    private readonly List<int> _touched = [];

    public byte[] Judged => field ??= new byte[nodes];

    public byte[] Expanded => field ??= new byte[nodes];

    public int[] ChunkHead => field ??= new int[nodes];

    public int[] WatchHead => field ??= new int[nodes];

    public ReachState State => field ??= new(nodes);

    /// <summary>Told of every node at which something is written for the first time.</summary>
    public void Touch(int node) => _touched.Add(node);

    /// <summary>Forgets the last graph: it must not be asked any more.</summary>
    public ControlScratch Cleared()
    {
        foreach (var node in _touched)
        {
            Judged[node] = 0;
            Expanded[node] = 0;
            ChunkHead[node] = 0;
            WatchHead[node] = 0;
        }

        _touched.Clear();
        return this;
    }
}
