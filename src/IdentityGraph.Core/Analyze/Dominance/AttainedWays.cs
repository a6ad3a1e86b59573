using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Dominance;

/// <summary>
/// The literals that some starts attain together, and the edges between them. They have places, numbered so that edges lead from lower
/// to higher ones, but for those that close a cycle. Of each one derivation is known: what was there when it was first attained.
/// </summary>
internal sealed class AttainedWays
{
    // In place of a place: attained, and none given yet.
    private const int Waiting = -3;

    private readonly NodeLiterals _literals;
    private readonly LiteralGraph _graph;

    // By literal: its place, -1 where it is not attained; and what gave it first, -1: a start. Joint ones are given by all their inputs.
    private readonly int[] _place;
    private readonly int[] _parent;

    // Literals as they were attained, nearest first.
    private readonly List<int> _attained = [];

    public AttainedWays(NodeLiterals literals, CancellationToken cancellationToken)
    {
        (_literals, _graph) = (literals, literals.Graph);
        (_place, _parent) = (new int[_graph.Count], new int[_graph.Count]);
        Array.Fill(_place, -1);
        Attain();
        cancellationToken.ThrowIfCancellationRequested();
        Order();
        Starts = [.. _graph.Starts.SelectMany(static start => start).Select(literal => _place[literal]).Distinct()];
        NodeOf = new int[Count];
        Inputs = new int[]?[Count];
        OutStart = new int[Count + 1];
        Out = Edges();
    }

    public int Count => _attained.Count;

    /// <summary>Places that are attained before any rule.</summary>
    public int[] Starts { get; }

    /// <summary>By place, the node, dense index; -1: none.</summary>
    public int[] NodeOf { get; }

    /// <summary>By place, for what needs all of them: which. Null for all others.</summary>
    public int[]?[] Inputs { get; }

    /// <summary>Where the edges of each place start; one more than there are places.</summary>
    public int[] OutStart { get; }

    /// <summary>Places they lead to; what needs all its inputs as its complement.</summary>
    public int[] Out { get; }

    /// <summary>The place that is attained once anything of the node is; -1: nothing is.</summary>
    public int PlaceOf(int node) => _literals.AnyOf[node] is >= 0 and var any ? _place[any] : -1;

    public ReadOnlySpan<int> OutOf(int place) => Out.AsSpan(OutStart[place]..OutStart[place + 1]);

    /// <summary>
    /// By node, the most targets it can take away: those whose one known derivation goes through it, or more. Of all others a way is known
    /// that does without it.
    /// </summary>
    /// <param name="targets">Nodes.</param>
    public long[] Through(IEnumerable<int> targets)
    {
        var through = new long[_graph.Count];
        var all = 0;
        foreach (var target in targets)
        {
            through[_literals.AnyOf[target]]++;
            all++;
        }

        var byNode = new long[_literals.AnyOf.Length];
        for (var at = _attained.Count - 1; at >= 0; at--)
        {
            var literal = _attained[at];
            var count = Math.Min(through[literal], all);
            if (count == 0)
            {
                continue;
            }

            if (_literals.NodeOf[literal] is >= 0 and var node)
            {
                byNode[node] = Math.Min(byNode[node] + count, all);
            }

            if (_graph.IsJoint(literal))
            {
                foreach (var input in _graph.InputsOf(literal))
                {
                    through[input] += count;
                }
            }
            else if (_parent[literal] >= 0)
            {
                through[_parent[literal]] += count;
            }
        }

        return byNode;
    }

    private void Attain()
    {
        var missing = Array.ConvertAll(_graph.Inputs, static inputs => inputs.Length);
        foreach (var start in _graph.Starts.SelectMany(static start => start))
        {
            Attain(start, -1);
        }

        for (var at = 0; at < _attained.Count; at++)
        {
            foreach (var next in _graph.OutOf(_attained[at]))
            {
                if (!_graph.IsJoint(next) || --missing[next - _graph.Plain] == 0)
                {
                    Attain(next, _attained[at]);
                }
            }
        }
    }

    private void Attain(int literal, int by)
    {
        if (_place[literal] == -1)
        {
            _place[literal] = Waiting;
            _parent[literal] = by;
            _attained.Add(literal);
        }
    }

    /// <summary>Places in the reverse of the order in which a depth-first search leaves them.</summary>
    private void Order()
    {
        const int Open = -2;
        var next = new int[_graph.Count];
        var path = new Stack<int>();
        var left = _attained.Count;
        foreach (var root in _attained)
        {
            Enter(root);
            while (path.TryPeek(out var literal))
            {
                if (next[literal] == _graph.OutStart[literal + 1])
                {
                    _place[path.Pop()] = --left;
                }
                else
                {
                    Enter(_graph.Out[next[literal]++]);
                }
            }
        }

        void Enter(int literal)
        {
            if (_place[literal] == Waiting)
            {
                _place[literal] = Open;
                next[literal] = _graph.OutStart[literal];
                path.Push(literal);
            }
        }
    }

    private int[] Edges()
    {
        foreach (var literal in _attained)
        {
            var place = _place[literal];
            NodeOf[place] = _literals.NodeOf[literal];
            Inputs[place] = _graph.IsJoint(literal) ? Array.ConvertAll(_graph.InputsOf(literal).ToArray(), input => _place[input]) : null;
            foreach (var to in _graph.OutOf(literal))
            {
                OutStart[place + 1] += _place[to] >= 0 ? 1 : 0;
            }
        }

        for (var place = 0; place < Count; place++)
        {
            OutStart[place + 1] += OutStart[place];
        }

        var edges = new int[OutStart[Count]];
        foreach (var literal in _attained)
        {
            var at = OutStart[_place[literal]];
            foreach (var to in _graph.OutOf(literal))
            {
                if (_place[to] >= 0)
                {
                    edges[at++] = _graph.IsJoint(to) ? ~_place[to] : _place[to];
                }
            }
        }

        return edges;
    }
}
