using System.Numerics;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>What needs several premises: a literal of its own for each such set.</summary>
internal sealed partial class LiteralGraphBuilder
{
    private readonly Dictionary<int, int> _entered = [];
    private readonly Dictionary<(int Groups, int Group), int> _ways = [];
    private readonly Dictionary<(int Node, int Right), int> _readable = [];

    /// <summary>The right on a container together with Read, which is what goes over to what it contains.</summary>
    private int Readable(int node, int right)
    {
        if (right == ReadBit || !_bare[node].Has((Rights)(1 << right)))
        {
            return Literal(node, right);
        }

        if (!_readable.TryGetValue((node, right), out var joint))
        {
            _readable[(node, right)] = joint = Joined(Literal(node, right), [Literal(node, ReadBit)]);
        }

        return joint;
    }

    private int Joined(int literal, int[] others)
    {
        if (others.Length == 0)
        {
            return literal;
        }

        _joints.Add([.. others.Prepend(literal).Distinct()]);
        foreach (var input in _joints[^1])
        {
            _edges.Add(input, LiteralEdges.Joint(_joints.Count - 1));
        }

        return LiteralEdges.Joint(_joints.Count - 1);
    }

    /// <summary>What stands before a literal that is entered only with further premises; itself where there are none.</summary>
    private int Entered(int literal, int[] demanded)
    {
        if (demanded.Length == 0)
        {
            return literal;
        }

        if (!_entered.TryGetValue(literal, out var before))
        {
            _entered[literal] = before = _plain++;
            _edges.Add(Joined(before, demanded), literal);
        }

        return before;
    }

    /// <summary>A literal for each group that is not satisfied by itself; null where one cannot be.</summary>
    private int[]? Demanded(int groups)
    {
        if (groups < 0)
        {
            return [];
        }

        List<int> demanded = [];
        var all = _clauses.Groups(groups);
        for (var i = 0; i < all.Length; i++)
        {
            if (((all[i].Given >> _cell) & 1) != 0)
            {
                continue;
            }

            if (!_ways.TryGetValue((groups, i), out var way))
            {
                _ways[(groups, i)] = way = Way(all[i]);
            }

            if (way < 0)
            {
                return null;
            }

            demanded.Add(way);
        }

        return [.. demanded];
    }

    /// <summary>Any of the alternatives; -1 where none can be attained.</summary>
    private int Way(PremiseGroup group)
    {
        HashSet<int> ways = [];
        foreach (var way in group.Alternatives)
        {
            for (var left = (uint)(way.Rights & _clauses.ReachedOn(way.Node)); left != 0 && ((way.Cells >> _cell) & 1) != 0; left &= left - 1)
            {
                ways.Add(Literal(way.Node, BitOperations.TrailingZeroCount(left)));
            }
        }

        if (ways.Count <= 1)
        {
            return ways.Count == 0 ? -1 : ways.Single();
        }

        var any = _plain++;
        foreach (var way in ways)
        {
            _edges.Add(way, any);
        }

        return any;
    }
}
