using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// Literals that give each other (Tarjan's strongly connected components, without recursion). Edges into joint literals do not count:
/// giving one of several premises is not giving.
/// </summary>
internal sealed class Components
{
    private readonly LiteralGraph _graph;
    private readonly bool[] _kept;

    // Number in the order of discovery, and the lowest that is reached back to; 0: not seen.
    private readonly int[] _number;
    private readonly int[] _low;
    private readonly int[] _next;
    private readonly Stack<int> _path = [];
    private readonly Stack<int> _held = [];
    private int _seen;

    private Components(LiteralGraph graph, bool[] kept)
    {
        (_graph, _kept) = (graph, kept);
        (_number, _low, _next) = (new int[graph.Count], new int[graph.Count], new int[graph.Count]);
        Of = new int[graph.Count];
        Array.Fill(Of, -1);
    }

    /// <summary>For each literal its component, -1 where it does not matter. Edges lead to the same or a lower number.</summary>
    public int[] Of { get; }

    public int Count { get; private set; }

    /// <param name="graph">The literals.</param>
    /// <param name="kept">Those that matter.</param>
    public static Components Find(LiteralGraph graph, bool[] kept)
    {
        var components = new Components(graph, kept);
        for (var root = 0; root < graph.Count; root++)
        {
            if (kept[root] && components._number[root] == 0)
            {
                components.Search(root);
            }
        }

        return components;
    }

    private void Search(int root)
    {
        Enter(root);
        while (_path.TryPeek(out var literal))
        {
            if (_next[literal] == _graph.OutStart[literal + 1])
            {
                Leave(_path.Pop());
                continue;
            }

            var to = _graph.Out[_next[literal]++];
            if (!_kept[to] || _graph.IsJoint(to))
            {
                continue;
            }

            if (_number[to] == 0)
            {
                Enter(to);
            }
            else if (Of[to] < 0)
            {
                _low[literal] = Math.Min(_low[literal], _number[to]);
            }
        }
    }

    private void Enter(int literal)
    {
        _number[literal] = _low[literal] = ++_seen;
        _next[literal] = _graph.OutStart[literal];
        _path.Push(literal);
        _held.Push(literal);
    }

    private void Leave(int literal)
    {
        if (_low[literal] == _number[literal])
        {
            int member;
            do
            {
                member = _held.Pop();
                Of[member] = Count;
            }
            while (member != literal);
            Count++;
        }

        if (_path.TryPeek(out var before))
        {
            _low[before] = Math.Min(_low[before], _low[literal]);
        }
    }
}
