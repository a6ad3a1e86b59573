namespace IdentityGraph.Graph;

/// <summary>
/// What an evaluation looked at: every node whose facts or edges it read, and the streams whose full runs decided when something was
/// last read. As long as none of it changes, the same evaluation at a later moment gives the same.
/// </summary>
internal sealed class ReadLog(int nodes, int streams)
{
    private readonly ulong[] _nodes = new ulong[(nodes + 63) / 64];
    private readonly bool[] _streams = new bool[streams];

    public void Read(int node) => _nodes[node >> 6] |= 1UL << node;

    public bool HasRead(int node) => (_nodes[node >> 6] & (1UL << node)) != 0;

    public void ReadStream(int stream) => _streams[stream] = true;

    public bool HasReadStream(int stream) => _streams[stream];
}
