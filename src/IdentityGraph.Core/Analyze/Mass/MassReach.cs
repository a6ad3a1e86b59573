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
    private readonly ControlGraph _control;
    private readonly IReadOnlyList<IReadOnlyList<Seed>> _starts;
    private readonly MassOptions _options;
    private readonly Tallies _tallies;
    private readonly CellGraphs _graphs;
    private readonly ReachSummary[] _summaries;
    private readonly bool[] _isCounted;
    private MassCosts _costs;
    private long _passed;
    private long _passing;

    private MassReach(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, MassOptions options, LiteralClauses? clauses, CancellationToken cancellationToken)
    {
        (_control, _starts, _options) = (control, starts, options);
        var begun = options.Time.GetTimestamp();
        _tallies = new Tallies(control);
        _graphs = CellGraphs.Of(control, starts, _tallies, clauses, options.Workers, cancellationToken);
        _summaries = [.. starts.Select(_ => new ReachSummary())];
        _isCounted = new bool[starts.Count];
        _costs = new MassCosts
        {
            Preparing = options.Time.GetElapsedTime(begun),
            Cells = _graphs.Distinct.Count,
            Parts = _graphs.Distinct.Sum(one => (long)one.Graph.Count),
            Edges = _graphs.Distinct.Sum(one => (long)one.Graph.Out.Length),
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
        MassReach mass;
        try
        {
            mass = new MassReach(control, starts, options, clauses, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new MassResult(new ReachSummary?[starts.Count], new MassCosts());
        }

        mass.Run(both.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return new MassResult([.. mass._summaries.Select((summary, start) => mass._isCounted[start] ? summary : null)], mass._costs);
    }

    private void Run(CancellationToken cancellationToken)
    {
        var begun = _options.Time.GetTimestamp();
        var parts = _graphs.Distinct.Max(one => one.Graph.Count);
        var work = new MassWork(_options, Rows.BytesFor(parts), () => new Rows(parts));
        CellWork[] cells = [.. _graphs.Distinct.Select(one => new CellWork(one.Graph, one.Cells, _options))];
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
        _costs = _costs with { Counting = _options.Time.GetElapsedTime(begun), EdgesPassed = _passed, Passing = new TimeSpan(_passing), Workers = work.Workers, RowBytes = work.Workers * Rows.BytesFor(parts), TargetBlocks = byTargets };
    }

    /// <summary>Starts that begin near each other share most of their way.</summary>
    private int[][] Blocks()
    {
        var leading = _graphs[Cell.PossibleAmplified].Starts;
        return [.. Enumerable.Range(0, _starts.Count).OrderBy(start => leading[start].Length == 0 ? int.MaxValue : leading[start].Min()).Chunk(SeedBlocks.Width)];
    }

    private bool CountTargets(CellWork cell, int block, Rows rows, CancellationToken cancellationToken)
    {
        var engine = new TargetBlocks(cell.Graph, cell.Free!, cell.StartsByTargets!, rows, _tallies.Classes.Count, _options.Time);
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

        void Tell(int start, int number, long times)
        {
            lock (_summaries[start])
            {
                Add(cell, start, number, times);
            }
        }
    }

    /// <summary>False where it was told to stop before the block was whole.</summary>
    private bool CountStarts(CellWork[] cells, int[] starts, Rows rows, CancellationToken cancellationToken)
    {
        foreach (var cell in cells)
        {
            int[] left = [.. starts.Where(start => !cell.IsByTargets(start))];
            if (left.Length == 0)
            {
                continue;
            }

            var engine = new SeedBlocks(cell.Graph, rows, _tallies.Classes.Count, _options.Time);
            try
            {
                engine.Run(left, (column, number, times) => Add(cell, left[column], number, times), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            Interlocked.Add(ref _passed, engine.Passed);
            Interlocked.Add(ref _passing, engine.Passing.Ticks);
        }

        var whole = BlastRadius.WholeOf(_control);
        foreach (var start in starts)
        {
            _summaries[start].Share = whole == 0 ? 0 : _summaries[start].Raw / whole;
            _isCounted[start] = true;
        }

        return true;
    }

    private void Add(CellWork work, int start, int number, long times)
    {
        foreach (var cell in work.Cells)
        {
            _summaries[start].Add(cell, _tallies.Classes[number], times);
        }
    }
}
