namespace IdentityGraph.Analyze.Dominance;

/// <summary>
/// Attained ways with all that is said of one node as one vertex, behind a root from which every start is led to. Of what needs several
/// premises only the first leads to it: without that one it is not attained, whatever leads to the others.
/// </summary>
internal sealed class NodeWays
{
    private readonly int[] _start;
    private readonly int[] _to;

    public NodeWays(AttainedWays ways, int nodes)
    {
        VertexOf = new int[nodes];
        var vertex = new int[ways.Count];
        Count = 1;
        for (var place = 0; place < vertex.Length; place++)
        {
            vertex[place] = ways.NodeOf[place] is >= 0 and var node
                ? VertexOf[node] == 0 ? VertexOf[node] = Count++ : VertexOf[node]
                : Count++;
        }

        _start = new int[Count + 1];
        _start[1] = ways.Starts.Length;
        Each(ways, vertex, (from, _) => _start[from + 1]++);
        for (var at = 0; at < Count; at++)
        {
            _start[at + 1] += _start[at];
        }

        var next = _start.AsSpan(0, Count).ToArray();
        _to = new int[_start[Count]];
        foreach (var start in ways.Starts)
        {
            _to[next[0]++] = vertex[start];
        }

        Each(ways, vertex, (from, to) => _to[next[from]++] = to);
    }

    /// <summary>How many vertices; the root is 0.</summary>
    public int Count { get; }

    /// <summary>By node, dense index; 0: it is not attained.</summary>
    public int[] VertexOf { get; }

    public ReadOnlySpan<int> OutOf(int vertex) => _to.AsSpan(_start[vertex].._start[vertex + 1]);

    private static void Each(AttainedWays ways, int[] vertex, Action<int, int> tell)
    {
        for (var place = 0; place < vertex.Length; place++)
        {
            foreach (var told in ways.OutOf(place))
            {
                var to = told < 0 ? ~told : told;
                if (vertex[to] != vertex[place] && (told >= 0 || ways.Inputs[to]![0] == place))
                {
                    tell(vertex[place], vertex[to]);
                }
            }
        }
    }
}
