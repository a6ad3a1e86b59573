namespace IdentityGraph.Graph;

/// <summary>
/// What an evaluation looked at: the facts of nodes, their edges of a kind in one direction, all edges of a kind, and the streams whose
/// full runs decided when something was last read. As long as none of it changes, the same evaluation at a later moment gives the same.
/// </summary>
internal sealed class ReadLog
{
    /// <summary>Keys of one node.</summary>
    public const int Ways = 256;

    private readonly HashSet<long> _read = [];
    private readonly HashSet<int> _streams = [];
    private long _last = -1;

    /// <summary>What was read, as keys.</summary>
    public IReadOnlyCollection<long> Keys => _read;

    public IReadOnlyCollection<int> Streams => _streams;

    /// <summary>The facts of a node itself: its presence, its properties.</summary>
    public static long Facts(int node) => (long)node * Ways;

    /// <summary>The edges of a kind that start at a node.</summary>
    public static long Out(int node, int kind) => ((long)node * Ways) + 1 + (2 * kind);

    /// <summary>The edges of a kind that end at a node.</summary>
    public static long In(int node, int kind) => ((long)node * Ways) + 2 + (2 * kind);

    /// <summary>Every edge of a kind.</summary>
    public static long All(int kind) => -1 - kind;

    public bool HasRead(long key) => _read.Contains(key);

    public bool HasReadStream(int stream) => _streams.Contains(stream);

    public void Read(long key)
    {
        if (key != _last)
        {
            _last = key;
            _read.Add(key);
        }
    }

    public void ReadStream(int stream) => _streams.Add(stream);
}
