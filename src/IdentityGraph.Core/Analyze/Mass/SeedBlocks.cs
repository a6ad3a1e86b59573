namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// The reach of up to 512 starts at once: a bit a start. Premises of which one is enough are united, those needed together
/// intersected, part after part in topological order; where joint parts close a cycle the lowest part that changed goes first, until
/// nothing changes.
/// </summary>
internal sealed class SeedBlocks
{
    /// <summary>Starts a block.</summary>
    public const int Width = 512;

    private const int Block = 4096;

    private readonly CondensedGraph _graph;
    private readonly Rows _rows;
    private readonly TimeProvider _time;
    private readonly ColumnCounter?[] _counters;

    /// <param name="graph">Where.</param>
    /// <param name="rows">A clear row for each part, at least; cleared again after every run that ends.</param>
    /// <param name="classes">How many classes of tallies there are.</param>
    /// <param name="time">For measures.</param>
    public SeedBlocks(CondensedGraph graph, Rows rows, int classes, TimeProvider time)
    {
        (_graph, _rows, _time) = (graph, rows, time);
        _counters = new ColumnCounter?[classes];
    }

    /// <summary>Edges passed so far, for measures.</summary>
    public long Passed { get; private set; }

    /// <summary>Time spent on passing them.</summary>
    public TimeSpan Passing { get; private set; }

    /// <summary>Finds the reach of the starts, at most <see cref="Width"/>.</summary>
    /// <param name="starts">Numbers of starts of the graph.</param>
    /// <param name="tell">Is told, in no order, for which start (by its place in <paramref name="starts"/>) which class counts how often.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public void Run(ReadOnlySpan<int> starts, Action<int, int, long> tell, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var column = 0; column < starts.Length; column++)
        {
            foreach (var part in _graph.Starts[starts[column]])
            {
                _rows.Set(part, column);
            }
        }

        var begun = _time.GetTimestamp();
        Spread(cancellationToken);
        Passing += _time.GetElapsedTime(begun);
        TellOwn(starts, tell);
        _rows.Drain(Count);
        for (var number = 0; number < _counters.Length; number++)
        {
            _counters[number]?.Drain((column, times) => tell(column, number, times));
        }
    }

    private void Spread(CancellationToken cancellationToken)
    {
        var checkAt = Passed + Block;
        for (var part = _rows.NextChanged(0); part >= 0;)
        {
            var lowest = int.MaxValue;
            if (_graph.Inputs[part] is not { } inputs || _rows.Or(part, Joined(inputs)))
            {
                var outs = _graph.OutOf(part);
                Passed += outs.Length + 1;
                lowest = _rows.Push(outs, _rows[part]);
            }

            if (Passed > checkAt)
            {
                cancellationToken.ThrowIfCancellationRequested();
                checkAt = Passed + Block;
            }

            part = _rows.NextChanged(Math.Min(lowest, part));
        }
    }

    private Row512 Joined(int[] inputs)
    {
        var all = _rows[inputs[0]];
        for (var i = 1; i < inputs.Length; i++)
        {
            all = all.And(_rows[inputs[i]]);
        }

        return all;
    }

    /// <summary>What a start attains of its own nodes does not count.</summary>
    private void TellOwn(ReadOnlySpan<int> starts, Action<int, int, long> tell)
    {
        for (var column = 0; column < starts.Length; column++)
        {
            foreach (var (part, number) in _graph.Own[starts[column]])
            {
                if (_rows[part].Has(column))
                {
                    tell(column, number, -1);
                }
            }
        }
    }

    private void Count(int part, Row512 row)
    {
        foreach (var (number, times) in _graph.TalliesOf(part))
        {
            (_counters[number] ??= new ColumnCounter()).Add(row, times);
        }
    }
}
