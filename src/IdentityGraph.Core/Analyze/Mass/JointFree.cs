namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// The parts of a graph from which no joint part can be reached, with their edges turned round and their numbers too, so that edges
/// lead from lower to higher numbers again. What is attained from there is what can be walked to, and no more.
/// </summary>
internal sealed class JointFree
{
    private readonly int _count;
    private readonly bool[] _isFree;
    private readonly int[] _start;
    private readonly int[] _out;

    public JointFree(CondensedGraph graph)
    {
        _count = graph.Count;
        _isFree = new bool[graph.Count];
        var edges = 0;
        for (var part = graph.Count - 1; part >= 0; part--)
        {
            // An edge that leads back, or to a joint part, lies before one.
            var free = graph.Inputs[part] is null;
            foreach (var next in graph.OutOf(part))
            {
                free &= next > part && _isFree[next];
            }

            _isFree[part] = free;
            edges += free ? graph.OutOf(part).Length : 0;
        }

        _start = new int[graph.Count + 1];
        _out = new int[edges];
        Turn(graph);
        Targets = [.. Enumerable.Range(0, graph.Count).Where(part => _isFree[part] && graph.TalliesOf(part).Length > 0)];
    }

    /// <summary>Parts that count, in their order.</summary>
    public int[] Targets { get; }

    public bool Has(int part) => _isFree[part];

    /// <summary>The number a part goes by here, and back.</summary>
    public int Turned(int part) => _count - 1 - part;

    /// <summary>Who leads to the part of that turned number, by turned numbers.</summary>
    public ReadOnlySpan<int> OutOf(int turned) => _out.AsSpan(_start[turned].._start[turned + 1]);

    private void Turn(CondensedGraph graph)
    {
        for (var part = 0; part < _count; part++)
        {
            foreach (var next in _isFree[part] ? graph.OutOf(part) : [])
            {
                _start[Turned(next) + 1]++;
            }
        }

        for (var turned = 0; turned < _count; turned++)
        {
            _start[turned + 1] += _start[turned];
        }

        var at = _start.AsSpan(0, _count).ToArray();
        for (var part = _count - 1; part >= 0; part--)
        {
            foreach (var next in _isFree[part] ? graph.OutOf(part) : [])
            {
                _out[at[Turned(next)]++] = Turned(part);
            }
        }
    }
}
