namespace IdentityGraph.Analyze.Dominance;

/// <summary>
/// Who dominates whom among what some starts attain together (semidominators and nearest common ancestors, SemiNCA). A dominator of a
/// node surely is a choke point for it: a derivation is a walk from the starts over literals, each step of which is an edge between
/// their nodes or stays on one, so that it goes through every node that all walks over nodes go through; where it needs several
/// premises it holds a derivation of the first. The other way round it is not so: what enters a node by one right and needs another of
/// it to leave, or needs two things together, may be cut by a node that dominates nothing. So what is counted here is at least that.
/// </summary>
internal sealed class DominatorTree
{
    private readonly NodeWays _ways;

    // By vertex its number in the order of a depth-first search, from the root's 0 on; -1: not reached. Then by number.
    private readonly int[] _number;
    private readonly int[] _vertex;
    private readonly int[] _parent;
    private readonly int[] _dominator;
    private int _count;

    public DominatorTree(NodeWays ways)
    {
        _ways = ways;
        (_number, _vertex, _parent) = (new int[ways.Count], new int[ways.Count], new int[ways.Count]);
        Array.Fill(_number, -1);
        Walk();
        _dominator = Find();
    }

    /// <summary>The node's immediate dominator as a vertex of the ways; 0: the root, which is none; -1: not attained.</summary>
    public int DominatorOf(int vertex) => vertex > 0 && _number[vertex] >= 0 ? _vertex[_dominator[_number[vertex]]] : -1;

    /// <summary>By vertex, how many of the targets it dominates, itself too.</summary>
    /// <param name="targets">Vertices that are reached.</param>
    public int[] Dominated(IEnumerable<int> targets)
    {
        var counts = new int[_count];
        foreach (var target in targets)
        {
            counts[_number[target]]++;
        }

        for (var number = _count - 1; number > 0; number--)
        {
            counts[_dominator[number]] += counts[number];
        }

        var dominated = new int[_ways.Count];
        for (var number = 0; number < _count; number++)
        {
            dominated[_vertex[number]] = counts[number];
        }

        return dominated;
    }

    private void Walk()
    {
        var next = new int[_ways.Count];
        var path = new Stack<int>();
        Enter(0, -1);
        while (path.TryPeek(out var vertex))
        {
            var outs = _ways.OutOf(vertex);
            if (next[vertex] == outs.Length)
            {
                path.Pop();
            }
            else if (outs[next[vertex]++] is var to && _number[to] < 0)
            {
                Enter(to, _number[vertex]);
            }
        }

        void Enter(int vertex, int parent)
        {
            (_number[vertex], _vertex[_count], _parent[_count]) = (_count, vertex, parent);
            _count++;
            path.Push(vertex);
        }
    }

    /// <summary>By number, the number of the immediate dominator.</summary>
    private int[] Find()
    {
        var (start, from) = Backwards();
        var forest = new Forest(_parent, _count);
        for (var number = _count - 1; number > 0; number--)
        {
            var semi = _parent[number];
            for (var at = start[number]; at < start[number + 1]; at++)
            {
                semi = Math.Min(semi, forest.LowestSemi(from[at], number + 1));
            }

            forest.Semi[number] = semi;
        }

        var dominator = _parent.AsSpan(0, _count).ToArray();
        for (var number = 1; number < _count; number++)
        {
            while (dominator[number] > forest.Semi[number])
            {
                dominator[number] = dominator[dominator[number]];
            }
        }

        return dominator;
    }

    /// <summary>By number, the numbers of those that lead to it.</summary>
    private (int[] Start, int[] From) Backwards()
    {
        var start = new int[_count + 1];
        for (var number = 0; number < _count; number++)
        {
            foreach (var to in _ways.OutOf(_vertex[number]))
            {
                start[_number[to] + 1]++;
            }
        }

        for (var number = 0; number < _count; number++)
        {
            start[number + 1] += start[number];
        }

        var next = start.AsSpan(0, _count).ToArray();
        var from = new int[start[_count]];
        for (var number = 0; number < _count; number++)
        {
            foreach (var to in _ways.OutOf(_vertex[number]))
            {
                from[next[_number[to]]++] = number;
            }
        }

        return (start, from);
    }

    /// <summary>The tree of the search as far as it is joined, from the highest number down; paths to its roots are made short as they are asked.</summary>
    private sealed class Forest(int[] parent, int count)
    {
        private readonly int[] _above = parent.AsSpan(0, count).ToArray();
        private readonly int[] _label = [.. Enumerable.Range(0, count)];
        private readonly Stack<int> _path = [];

        /// <summary>By number; itself until it is found.</summary>
        public int[] Semi { get; } = [.. Enumerable.Range(0, count)];

        /// <summary>The lowest semidominator on the way from the number up to, and without, the root of its tree.</summary>
        /// <param name="number">From there.</param>
        /// <param name="joined">Numbers from this one on are joined to their parents.</param>
        public int LowestSemi(int number, int joined)
        {
            if (_above[number] < joined)
            {
                return Semi[_label[number]];
            }

            for (; _above[number] >= joined; number = _above[number])
            {
                _path.Push(number);
            }

            var (above, lowest) = (number, _label[number]);
            while (_path.TryPop(out var below))
            {
                _above[below] = _above[above];
                if (Semi[lowest] < Semi[_label[below]])
                {
                    _label[below] = lowest;
                }
                else
                {
                    lowest = _label[below];
                }

                above = below;
            }

            return Semi[_label[above]];
        }
    }
}
