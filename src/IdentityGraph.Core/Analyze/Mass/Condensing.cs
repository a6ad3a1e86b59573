using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>Makes a condensed graph of a literal graph: drop, merge what is mutual, merge what has one way in, number.</summary>
internal sealed class Condensing
{
    private readonly LiteralGraph _graph;
    private readonly Components _components;
    private readonly Groups _members;

    // Edges between components, each once.
    private readonly int[] _start;
    private readonly int[] _to;

    // Each component's stand-in: whoever it is attained together with.
    private readonly int[] _standIn;

    private Condensing(LiteralGraph graph)
    {
        _graph = graph;
        _components = Components.Find(graph);
        _members = Groups.Of(_components.Of, _components.Count);
        (_start, _to) = Between();
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

    private (int[] Start, int[] To) Between()
    {
        var edges = new DistinctEdges(_components.Count, _graph.Out.Length);
        for (var component = 0; component < _components.Count; component++)
        {
            foreach (var member in _members[component])
            {
                foreach (var literal in _graph.OutOf(member))
                {
                    edges.Add(component, _components.Of[literal]);
                }
            }

            edges.Close(component);
        }

        return edges.Take();
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
        foreach (var starts in _graph.Starts)
        {
            foreach (var start in starts)
            {
                if (IsKept(start))
                {
                    before[_components.Of[start]] = Several;
                }
            }
        }

        for (var component = _components.Count - 1; component >= 0; component--)
        {
            var first = _members[component][0];
            var standIn = _standIn[component] = before[component] < 0 || _graph.IsJoint(first) ? component : before[component];
            foreach (var next in _to.AsSpan(_start[component].._start[component + 1]))
            {
                if (before[next] != standIn)
                {
                    before[next] = before[next] == Nobody ? standIn : Several;
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
        var tallies = new PartTallies(order.Length);
        var inputs = new int[]?[order.Length];
        for (var number = 0; number < order.Length; number++)
        {
            var standIn = order[number];
            var count = outStart[number];
            for (var edge = start[standIn]; edge < start[standIn + 1]; edge++)
            {
                outs[count++] = part[to[edge]];
            }

            outStart[number + 1] = count;
            foreach (var component in groups[standIn])
            {
                foreach (var member in _members[component])
                {
                    tallies.Add(_graph.Tally[member]);
                }
            }

            tallies.Close(number);
            inputs[number] = InputsOf(standIn, part);
        }

        MarkJoints(outStart, outs, inputs);
        return new CondensedGraph(
            order.Length,
            outStart,
            outs,
            inputs,
            tallies.Start,
            tallies.Take(),
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
        var counted = 0;
        foreach (var literal in literals)
        {
            counted += IsCounted(literal) ? 1 : 0;
        }

        var own = counted == 0 ? [] : new (int, int)[counted];
        foreach (var literal in literals)
        {
            if (IsCounted(literal))
            {
                own[^counted--] = (part[_components.Of[literal]], _graph.Tally[literal]);
            }
        }

        return own;
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

    private bool IsCounted(int literal) => IsKept(literal) && _graph.Tally[literal] >= 0;

    /// <summary>Edges between stand-ins, each once.</summary>
    private (int[] Start, int[] To) Edges(Groups groups)
    {
        var edges = new DistinctEdges(_components.Count, _to.Length);
        for (var standIn = 0; standIn < _components.Count; standIn++)
        {
            foreach (var component in groups[standIn])
            {
                foreach (var next in _to.AsSpan(_start[component].._start[component + 1]))
                {
                    edges.Add(standIn, _standIn[next]);
                }
            }

            edges.Close(standIn);
        }

        return edges.Take();
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
