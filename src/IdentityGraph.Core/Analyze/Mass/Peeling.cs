namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// Takes the first step of starts for granted where it leads one way: a part that nothing leads to, with one way out at most, counts
/// for those who begin with it and for nobody else, so that they begin with the next one instead and what it counts as is told apart.
/// So many credentials of one account begin alike, and are counted once.
/// </summary>
internal sealed class Peeling
{
    private readonly CondensedGraph _graph;
    private readonly bool[] _isPeeled;
    private readonly int[] _number;
    private readonly Dictionary<(int Class, int Times), (int, int)[]> _single = [];
    private readonly List<(int Class, int Times)> _sure = [];

    private Peeling(CondensedGraph graph)
    {
        (_graph, _isPeeled, _number) = (graph, Peelable(graph), new int[graph.Count]);
        var count = 0;
        for (var part = 0; part < graph.Count; part++)
        {
            _number[part] = _isPeeled[part] ? -1 : count++;
        }

        Left = count;
    }

    private int Left { get; }

    public static CondensedGraph Of(CondensedGraph graph) => new Peeling(graph).Peel();

    private static bool[] Peelable(CondensedGraph graph)
    {
        var peelable = new bool[graph.Count];
        foreach (var parts in graph.Starts)
        {
            if (parts is [var only] && graph.Inputs[only] is null)
            {
                peelable[only] = graph.OutOf(only) is [] or [>= 0];
            }
        }

        foreach (var parts in graph.Starts)
        {
            foreach (var part in parts.Length > 1 ? parts : [])
            {
                peelable[part] = false;
            }
        }

        foreach (var part in graph.Out)
        {
            peelable[part < 0 ? ~part : part] = false;
        }

        return peelable;
    }

    private CondensedGraph Peel()
    {
        var (start, tallyStart, inputs) = (new int[Left + 1], new int[Left + 1], new int[]?[Left]);
        var (outs, tallies) = (new int[_graph.Out.Length], new (int, int)[_graph.Tallies.Length]);
        var (edge, tally) = (0, 0);
        for (var part = 0; part < _graph.Count; part++)
        {
            if (_isPeeled[part])
            {
                continue;
            }

            foreach (var to in _graph.OutOf(part))
            {
                outs[edge++] = to < 0 ? ~_number[~to] : _number[to];
            }

            _graph.TalliesOf(part).CopyTo(tallies.AsSpan(tally));
            tally += _graph.TalliesOf(part).Length;
            inputs[_number[part]] = _graph.Inputs[part] is { } needed ? Array.ConvertAll(needed, input => _number[input]) : null;
            (start[_number[part] + 1], tallyStart[_number[part] + 1]) = (edge, tally);
        }

        var count = _graph.Starts.Length;
        var (starts, own, sure) = (new int[count][], new (int, int)[count][], new (int, int)[count][]);
        for (var i = 0; i < count; i++)
        {
            (starts[i], own[i], sure[i]) = (StartsOf(i), OwnOf(i), SureOf(i));
        }

        return new CondensedGraph(Left, start, outs[..edge], inputs, tallyStart, tallies[..tally], starts, own) { Sure = sure };
    }

    private int[] StartsOf(int start)
    {
        var parts = _graph.Starts[start];
        return parts is [var only] && _isPeeled[only]
            ? _graph.OutOf(only) is [var next] ? [_number[next]] : []
            : Array.ConvertAll(parts, part => _number[part]);
    }

    /// <summary>Own literals elsewhere than where it begins: whether they are attained is yet to be found. Nobody comes to what is peeled.</summary>
    private (int, int)[] OwnOf(int start)
    {
        var (parts, all) = (_graph.Starts[start], _graph.Own[start]);
        return Array.Exists(all, IsOpen) ? [.. all.Where(IsOpen).Select(own => (_number[own.Part], own.Class))] : [];

        bool IsOpen((int Part, int Class) own) => !_isPeeled[own.Part] && Array.IndexOf(parts, own.Part) < 0;
    }

    private (int, int)[] SureOf(int start)
    {
        _sure.Clear();
        if (_graph.Starts[start] is [var only] && _isPeeled[only])
        {
            foreach (var (number, times) in _graph.TalliesOf(only))
            {
                Add(number, times);
            }
        }

        foreach (var (part, number) in _graph.Own[start])
        {
            if (Array.IndexOf(_graph.Starts[start], part) >= 0)
            {
                Add(number, -1);
            }
        }

        _sure.RemoveAll(static one => one.Times == 0);
        return _sure is not [var single] ? [.. _sure] : _single.TryGetValue(single, out var known) ? known : _single[single] = [single];
    }

    private void Add(int number, int times)
    {
        for (var i = 0; i < _sure.Count; i++)
        {
            if (_sure[i].Class == number)
            {
                _sure[i] = (number, _sure[i].Times + times);
                return;
            }
        }

        _sure.Add((number, times));
    }
}
