using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// The reach of many starts, each by itself, exact: what a blast radius of each alone would count. Starts whose way meets nothing that
/// needs two things at once may be counted by blocks of targets; all others, by blocks of starts.
/// </summary>
public sealed class MassReach
{
    private readonly IReadOnlyList<(CondensedGraph Graph, Cell[] Cells)> _graphs;
    private readonly Sums[] _classes;
    private readonly MassOptions _options;
    private readonly StartGroups _groups;

    // By graph and group of starts, what was counted so far.
    private readonly Sums[][] _sums;
    private readonly bool[] _isCounted;
    private MassCosts _costs;
    private long _passed;
    private long _passing;

    private MassReach(IReadOnlyList<(CondensedGraph Graph, Cell[] Cells)> graphs, IReadOnlyList<Tally> classes, MassOptions options)
    {
        (_graphs, _options, _classes) = (graphs, options, [.. classes.Select(static tally => Sums.Of(tally))]);
        _groups = new StartGroups([.. graphs.Select(static one => one.Graph)]);
        _sums = [.. graphs.Select(_ => new Sums[_groups.First.Length])];
        _isCounted = new bool[_groups.First.Length];
        _costs = new MassCosts
        {
            Cells = graphs.Count,
            Parts = graphs.Sum(static one => (long)one.Graph.Count),
            Edges = graphs.Sum(static one => (long)one.Graph.Out.Length),
        };
    }

    /// <summary>Finds them.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Throws when cancelled, unlike <see cref="MassOptions.Stop"/>.</param>
    public static MassResult Of(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, MassOptions options, CancellationToken cancellationToken = default) =>
        Of(control, starts, options, null, cancellationToken);

    /// <summary>The same by other clauses than those of the control graph, which cover the starts.</summary>
    internal static MassResult Of(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, MassOptions options, LiteralClauses? clauses, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, options.Stop);
        var begun = options.Time.GetTimestamp();
        try
        {
            var tallies = new Tallies(control);
            var graphs = CellGraphs.Of(control, starts, tallies, clauses, options.Workers, both.Token);
            return Of(graphs.Distinct, tallies.Classes, () => BlastRadius.WholeOf(control), options, begun, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new MassResult(new ReachSummary?[starts.Count], new MassCosts());
        }
    }

    /// <summary>The same on graphs that are laid out already.</summary>
    /// <param name="graphs">Of the same starts; each with the cells it stands for, all four together.</param>
    /// <param name="classes">What literals of each class count as.</param>
    /// <param name="whole">The criticality of all there is.</param>
    /// <param name="options">How.</param>
    /// <param name="begun">When laying out began, by the clock of the options.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    internal static MassResult Of(IReadOnlyList<(CondensedGraph Graph, Cell[] Cells)> graphs, IReadOnlyList<Tally> classes, Func<double> whole, MassOptions options, long begun, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, options.Stop);
        var mass = new MassReach([.. graphs.Select(static one => (Peeling.Of(one.Graph), one.Cells))], classes, options);
        mass._costs = mass._costs with { Preparing = options.Time.GetElapsedTime(begun) };
        begun = options.Time.GetTimestamp();
        mass.Run(both.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var summaries = mass.Tell(whole());
        return new MassResult(summaries, mass._costs with { Counting = options.Time.GetElapsedTime(begun) });
    }

    private void Run(CancellationToken cancellationToken)
    {
        var parts = _graphs.Max(one => one.Graph.Count);
        var work = new MassWork(_options, Rows.BytesFor(parts), () => new Rows(parts));
        CellWork[] cells = [.. _graphs.Select((one, graph) => new CellWork(one.Graph, _groups.First, _sums[graph], _options))];
        var byTargets = cells.Sum(cell => cell.TargetBlocks);
        var blocks = Blocks();
        var target = 0;
        foreach (var cell in cells.Where(cell => cell.TargetBlocks > 0))
        {
            var before = target;
            work.Run(cell.TargetBlocks, before, byTargets + blocks.Length, (block, rows) => CountTargets(cell, block, rows, cancellationToken));
            target += cell.TargetBlocks;
        }

        work.Run(blocks.Length, byTargets, byTargets + blocks.Length, (block, rows) => CountStarts(cells, blocks[block], rows, cancellationToken));
        _costs = _costs with { EdgesPassed = _passed, Passing = new TimeSpan(_passing), Workers = work.Workers, RowBytes = work.Workers * Rows.BytesFor(parts), TargetBlocks = byTargets };
    }

    /// <summary>Groups of starts that begin near each other share most of their way.</summary>
    private int[][] Blocks()
    {
        var leading = _graphs.First(static one => one.Cells.Contains(Cell.PossibleAmplified)).Graph.Starts;
        var (places, groups) = (new int[_groups.First.Length], new int[_groups.First.Length]);
        for (var group = 0; group < groups.Length; group++)
        {
            (places[group], groups[group]) = (leading[_groups.First[group]] is { Length: > 0 } parts ? parts.Min() : int.MaxValue, group);
        }

        Array.Sort(places, groups);
        return [.. groups.Chunk(SeedBlocks.Width)];
    }

    private bool CountTargets(CellWork cell, int block, Rows rows, CancellationToken cancellationToken)
    {
        var engine = new TargetBlocks(cell.Graph, cell.Free!, cell.StartsByTargets!, rows, _classes, _options.Time);
        try
        {
            engine.Run(block, Tell, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        Interlocked.Add(ref _passed, engine.Passed);
        Interlocked.Add(ref _passing, engine.Passing.Ticks);
        return true;

        void Tell(int place, Sums sums)
        {
            // Blocks that are counted side by side add to the same starts.
            lock (cell.Gates[place & CellWork.LastGate])
            {
                cell.Sums[cell.ByTargets[place]] = cell.Sums[cell.ByTargets[place]].Plus(sums, 1);
            }
        }
    }

    /// <summary>False where it was told to stop before the block was whole.</summary>
    private bool CountStarts(CellWork[] cells, int[] groups, Rows rows, CancellationToken cancellationToken)
    {
        foreach (var cell in cells)
        {
            int[] left = [.. groups.Where(group => !cell.IsByTargets(group))];
            if (left.Length == 0)
            {
                continue;
            }

            var engine = new SeedBlocks(cell.Graph, rows, _classes.Length, _options.Time);
            try
            {
                engine.Run(Array.ConvertAll(left, group => _groups.First[group]), (column, number, times) => cell.Sums[left[column]] = cell.Sums[left[column]].Plus(_classes[number], times), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            Interlocked.Add(ref _passed, engine.Passed);
            Interlocked.Add(ref _passing, engine.Passing.Ticks);
        }

        foreach (var group in groups)
        {
            _isCounted[group] = true;
        }

        return true;
    }

    private ReachSummary?[] Tell(double whole)
    {
        var summaries = new ReachSummary?[_groups.Of.Length];
        for (var start = 0; start < summaries.Length; start++)
        {
            if (!_isCounted[_groups.Of[start]])
            {
                continue;
            }

            var summary = summaries[start] = new ReachSummary();
            for (var graph = 0; graph < _graphs.Count; graph++)
            {
                var sums = _sums[graph][_groups.Of[start]];
                foreach (var (number, times) in _graphs[graph].Graph.Sure![start])
                {
                    sums = sums.Plus(_classes[number], times);
                }

                foreach (var cell in _graphs[graph].Cells)
                {
                    summary.Add(cell, sums);
                }
            }

            summary.Share = whole == 0 ? 0 : summary.Raw / whole;
        }

        return summaries;
    }
}
