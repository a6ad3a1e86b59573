using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// Literals that give each other, of those that matter: attained from all starts together, and leading to one that is counted
/// (Tarjan's strongly connected components, without recursion, from the starts on, so that one walk finds all three). Edges into joint
/// literals do not count as giving, for one of several premises is not enough; a joint literal is walked from once all its inputs are
/// attained.
/// </summary>
internal sealed class Components
{
    // Attained, and leading to nothing that is counted.
    private const int Idle = -2;

    private readonly LiteralGraph _graph;

    // Number in the order of discovery, and the lowest that is reached back to; 0: not seen.
    private readonly int[] _number;
    private readonly int[] _low;
    private readonly int[] _next;
    private readonly bool[] _leads;

    // By joint literal, how many of its inputs are not attained yet.
    private readonly int[] _missing;
    private readonly Stack<int> _joined = [];
    private int[] _path = new int[256];
    private int[] _held = new int[256];
    private int _pathCount;
    private int _heldCount;
    private int _seen;

    private Components(LiteralGraph graph)
    {
        _graph = graph;
        (_number, _low, _next, _leads) = (new int[graph.Count], new int[graph.Count], new int[graph.Count], new bool[graph.Count]);
        _missing = Array.ConvertAll(graph.Inputs, static inputs => inputs.Length);
        Of = new int[graph.Count];
        Array.Fill(Of, -1);
    }

    /// <summary>For each literal its component, below 0 where it does not matter. Edges lead to the same or a lower number, but for those into joint literals.</summary>
    public int[] Of { get; }

    public int Count { get; private set; }

    public static Components Find(LiteralGraph graph)
    {
        var components = new Components(graph);
        foreach (var starts in graph.Starts)
        {
            foreach (var start in starts)
            {
                components.Search(start);
            }
        }

        while (components._joined.TryPop(out var joint))
        {
            components.Search(joint);
        }

        return components;
    }

    private void Search(int root)
    {
        if (_number[root] != 0)
        {
            return;
        }

        Enter(root);
        while (_pathCount > 0)
        {
            var literal = _path[_pathCount - 1];
            if (_next[literal] == _graph.OutStart[literal + 1])
            {
                _pathCount--;
                Leave(literal);
                continue;
            }

            var to = _graph.Out[_next[literal]++];
            if (_graph.IsJoint(to))
            {
                Join(literal, to);
            }
            else if (_number[to] == 0)
            {
                Enter(to);
            }
            else if (Of[to] == -1)
            {
                _low[literal] = Math.Min(_low[literal], _number[to]);
            }
            else
            {
                _leads[literal] |= Of[to] >= 0;
            }
        }
    }

    /// <summary>What a joint literal leads to is not known yet: its inputs are kept whatever it is.</summary>
    private void Join(int literal, int joint)
    {
        _leads[literal] = true;
        if (--_missing[joint - _graph.Plain] == 0)
        {
            _joined.Push(joint);
        }
    }

    private void Enter(int literal)
    {
        _number[literal] = _low[literal] = ++_seen;
        _next[literal] = _graph.OutStart[literal];
        _leads[literal] = _graph.Tally[literal] >= 0 || _graph.IsJoint(literal);
        Push(ref _path, ref _pathCount, literal);
        Push(ref _held, ref _heldCount, literal);
    }

    private void Leave(int literal)
    {
        if (_low[literal] == _number[literal])
        {
            Close(literal);
        }

        if (_pathCount > 0)
        {
            var before = _path[_pathCount - 1];
            _low[before] = Math.Min(_low[before], _low[literal]);
            _leads[before] |= _leads[literal];
        }
    }

    private void Close(int literal)
    {
        var first = _heldCount;
        while (_held[--first] != literal)
        {
            _leads[literal] |= _leads[_held[first]];
        }

        var component = _leads[literal] ? Count++ : Idle;
        foreach (var member in _held.AsSpan(first.._heldCount))
        {
            Of[member] = component;
        }

        _heldCount = first;
    }

    private static void Push(ref int[] stack, ref int count, int literal)
    {
        if (count == stack.Length)
        {
            Array.Resize(ref stack, count * 2);
        }

        stack[count++] = literal;
    }
}
