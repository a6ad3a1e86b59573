using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>Makes a condensed graph of a literal graph: drop, merge what is mutual, merge what has one way in, number.</summary>
internal sealed class Condensing
{
    private readonly LiteralGraph _graph;
    private readonly Components _components;
    private readonly Groups _members;

    // Each component's stand-in: whoever it is attained together with.
    private readonly int[] _standIn;

    private Condensing(LiteralGraph graph)
    {
        _graph = graph;
        _components = Components.Find(graph, Relevance.Of(graph));
        _members = Groups.Of(_components.Of, _components.Count);
        _standIn = new int[_components.Count];
    }

    public static CondensedGraph Of(LiteralGraph graph, CancellationToken cancellationToken)
    {
        var condensing = new Condensing(graph);
        cancellationToken.ThrowIfCancellationRequested();
        condensing.MergeOneWayIn();
        cancellationToken.ThrowIfCancellationRequested();
        return condensing.Number();
    }

    /// <summary>
    /// What only one part leads to, and no start begins with, is attained with that part. Components are numbered against the edges,
    /// so from the highest down each is settled before it is looked at; only joint ones, which are not merged, have edges the other way.
    /// </summary>
    private void MergeOneWayIn()
    {
        const int Nobody = -1;
        const int Several = -2;
        var before = new int[_components.Count];
        Array.Fill(before, Nobody);
        foreach (var start in _graph.Starts.SelectMany(start => start))
        {
            if (_components.Of[start] >= 0)
            {
                before[_components.Of[start]] = Several;
            }
        }

        for (var component = _components.Count - 1; component >= 0; component--)
        {
            var first = _members[component][0];
            var standIn = _standIn[component] = before[component] < 0 || _graph.IsJoint(first) ? component : before[component];
            foreach (var member in _members[component])
            {
                foreach (var to in _graph.OutOf(member))
                {
                    var next = _components.Of[to];
                    if (next >= 0 && next != component && before[next] != standIn)
                    {
                        before[next] = before[next] == Nobody ? standIn : Several;
                    }
                }
            }
        }
    }

    private CondensedGraph Number()
    {
        var groups = Groups.Of(_standIn, _components.Count);
        var (start, to) = Edges(groups);
        var order = TopologicalOrder.Of(groups, start, to);
        var part = new int[_components.Count];
        for (var number = 0; number < order.Length; number++)
        {
            foreach (var component in groups[order[number]])
            {
                part[component] = number;
            }
        }

        var outStart = new int[order.Length + 1];
        var outs = new int[to.Length];
        var tallyStart = new int[order.Length + 1];
        List<(int, int)> tallies = [];
        List<int> classes = [];
        var inputs = new int[]?[order.Length];
        for (var number = 0; number < order.Length; number++)
        {
            var standIn = order[number];
            var count = outStart[number];
            for (var edge = start[standIn]; edge < start[standIn + 1]; edge++)
            {
                outs[count++] = part[_standIn[to[edge]]];
            }

            outStart[number + 1] = count;
            TellTallies(groups[standIn], classes, tallies);
            tallyStart[number + 1] = tallies.Count;
            inputs[number] = InputsOf(standIn, part);
        }

        MarkJoints(outStart, outs, inputs);
        return new CondensedGraph(
            order.Length,
            outStart,
            outs,
            inputs,
            tallyStart,
            [.. tallies],
            Array.ConvertAll(_graph.Starts, starts => StartsOf(starts, part)),
            Array.ConvertAll(_graph.Own, own => OwnOf(own, part)));
    }

    private int[] StartsOf(int[] literals, int[] part) => literals switch
    {
        [var only] => IsKept(only) ? [part[_components.Of[only]]] : [],
        _ => [.. literals.Where(IsKept).Select(literal => part[_components.Of[literal]]).Distinct()],
    };

    private (int Part, int Class)[] OwnOf(int[] literals, int[] part)
    {
        if (!Array.Exists(literals, literal => IsKept(literal) && _graph.Tally[literal] >= 0))
        {
            return [];
        }

        return [.. literals.Where(literal => IsKept(literal) && _graph.Tally[literal] >= 0).Select(literal => (part[_components.Of[literal]], _graph.Tally[literal]))];
    }

    private static void MarkJoints(int[] outStart, int[] outs, int[]?[] inputs)
    {
        for (var edge = 0; edge < outs.Length; edge++)
        {
            outs[edge] = inputs[outs[edge]] is null ? outs[edge] : ~outs[edge];
        }

        for (var number = 0; number < inputs.Length; number++)
        {
            outs.AsSpan(outStart[number]..outStart[number + 1]).Sort();
        }
    }

    private bool IsKept(int literal) => _components.Of[literal] >= 0;

    /// <summary>Edges between stand-ins, each once.</summary>
    private (int[] Start, int[] To) Edges(Groups groups)
    {
        var start = new int[_components.Count + 1];
        var to = new List<int>();
        var seen = new int[_components.Count];
        Array.Fill(seen, -1);
        for (var standIn = 0; standIn < _components.Count; standIn++)
        {
            seen[standIn] = standIn;
            foreach (var component in groups[standIn])
            {
                foreach (var member in _members[component])
                {
                    foreach (var literal in _graph.OutOf(member))
                    {
                        var next = _components.Of[literal] is >= 0 and var leads ? _standIn[leads] : standIn;
                        if (seen[next] != standIn)
                        {
                            seen[next] = standIn;
                            to.Add(next);
                        }
                    }
                }
            }

            start[standIn + 1] = to.Count;
        }

        return (start, [.. to]);
    }

    /// <summary>Adds what the components count as, and how often, to the tallies; the classes are for its own use.</summary>
    private void TellTallies(ReadOnlySpan<int> components, List<int> classes, List<(int Class, int Times)> tallies)
    {
        classes.Clear();
        foreach (var component in components)
        {
            foreach (var member in _members[component])
            {
                if (_graph.Tally[member] >= 0)
                {
                    classes.Add(_graph.Tally[member]);
                }
            }
        }

        classes.Sort();
        for (var (first, next) = (0, 0); first < classes.Count; first = next)
        {
            for (next = first + 1; next < classes.Count && classes[next] == classes[first]; next++)
            {
            }

            tallies.Add((classes[first], next - first));
        }
    }

    /// <summary>The parts a joint one needs; null where it is none, or needs but one.</summary>
    private int[]? InputsOf(int standIn, int[] part)
    {
        var literal = _members[standIn][0];
        if (!_graph.IsJoint(literal))
        {
            return null;
        }

        List<int> inputs = [];
        foreach (var input in _graph.InputsOf(literal))
        {
            inputs.Add(part[_components.Of[input]]);
        }

        int[] needed = [.. inputs.Distinct()];
        return needed.Length > 1 ? needed : null;
    }
}
