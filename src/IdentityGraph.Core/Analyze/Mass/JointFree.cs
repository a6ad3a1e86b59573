namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// The parts of a graph from which no joint part can be reached, with their edges turned round and their numbers too, so that edges
/// lead from lower to higher numbers again. What is attained from there is what can be walked to, and no more.
/// </summary>
internal sealed class JointFree
{
    private readonly int _count;
    private readonly bool[] _isFree;
    private readonly CondensedGraph _graph;
    private readonly int _edges;
    private (int[] Start, int[] Out)? _turned;

    public JointFree(CondensedGraph graph)
    {
        (_graph, _count) = (graph, graph.Count);
        _isFree = new bool[graph.Count];
        var targets = 0;
        for (var part = graph.Count - 1; part >= 0; part--)
        {
            // An edge that leads back, or to a joint part, lies before one.
            var free = graph.Inputs[part] is null;
            foreach (var next in graph.OutOf(part))
            {
                free &= next > part && _isFree[next];
            }

            _isFree[part] = free;
            _edges += free ? graph.OutOf(part).Length : 0;
            targets += IsTarget(part) ? 1 : 0;
        }

        Targets = new int[targets];
        for (var part = graph.Count - 1; part >= 0; part--)
        {
            if (IsTarget(part))
            {
                Targets[--targets] = part;
            }
        }
    }

    /// <summary>Parts that count, in their order.</summary>
    public int[] Targets { get; }

    public bool Has(int part) => _isFree[part];

    /// <summary>The number a part goes by here, and back.</summary>
    public int Turned(int part) => _count - 1 - part;

    /// <summary>Who leads to the part of that turned number, by turned numbers. Turned round when it is first asked for, by one alone.</summary>
    public ReadOnlySpan<int> OutOf(int turned)
    {
        var (start, to) = _turned ??= Turn();
        return to.AsSpan(start[turned]..start[turned + 1]);
    }

    private bool IsTarget(int part) => _isFree[part] && _graph.TalliesOf(part).Length > 0;

    private (int[] Start, int[] Out) Turn()
    {
        var (start, to) = (new int[_count + 1], new int[_edges]);
        for (var part = 0; part < _count; part++)
        {
            foreach (var next in _isFree[part] ? _graph.OutOf(part) : [])
            {
                start[Turned(next) + 1]++;
            }
        }

        for (var turned = 0; turned < _count; turned++)
        {
            start[turned + 1] += start[turned];
        }

        var at = start.AsSpan(0, _count).ToArray();
        for (var part = _count - 1; part >= 0; part--)
        {
            foreach (var next in _isFree[part] ? _graph.OutOf(part) : [])
            {
                to[at[Turned(next)]++] = Turned(part);
            }
        }

        return (start, to);
    }
}
