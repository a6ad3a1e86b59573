using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>The reach of many starts, each by itself, exact: what a blast radius of each alone would count, found for 512 at a time.</summary>
public sealed class MassReach
{
    private readonly ControlGraph _control;
    private readonly IReadOnlyList<IReadOnlyList<Seed>> _starts;
    private readonly MassOptions _options;
    private readonly Tallies _tallies;
    private readonly CellGraphs _graphs;
    private readonly ReachSummary?[] _summaries;
    private int _done;

    private MassReach(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, MassOptions options, CancellationToken cancellationToken)
    {
        (_control, _starts, _options) = (control, starts, options);
        _tallies = new Tallies(control.View);
        _graphs = CellGraphs.Of(control, starts, _tallies, cancellationToken);
        _summaries = new ReachSummary?[starts.Count];
    }

    /// <summary>Finds them.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Throws when cancelled, unlike <see cref="MassOptions.Stop"/>.</param>
    /// <returns>One for each start, in their order; null for those it was stopped before.</returns>
    public static IReadOnlyList<ReachSummary?> Of(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, MassOptions options, CancellationToken cancellationToken = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, options.Stop);
        MassReach mass;
        try
        {
            mass = new MassReach(control, starts, options, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReachSummary?[starts.Count];
        }

        mass.Run(both.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return mass._summaries;
    }

    private void Run(CancellationToken cancellationToken)
    {
        // Starts that begin near each other share most of their way.
        var leading = _graphs[Cell.PossibleAmplified].Starts;
        int[] order = [.. Enumerable.Range(0, _starts.Count).OrderBy(start => leading[start].Length == 0 ? int.MaxValue : leading[start].Min())];
        var blocks = order.Chunk(SeedBlocks.Width).ToArray();
        var parts = _graphs.Distinct.Max(one => one.Graph.Count);
        var workers = (int)Math.Clamp(_options.RowMemory / Math.Max(1, Rows.BytesFor(parts)), 1, Math.Max(1, Math.Min(_options.Workers, blocks.Length)));
        var begun = _options.Time.GetTimestamp();
        var next = -1;
        var whole = BlastRadius.WholeOf(_control);
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ =>
        {
            using var rows = new Rows(parts);
            var engines = _graphs.Distinct.Select(one => (Engine: new SeedBlocks(one.Graph, rows, _tallies.Classes.Count), one.Cells)).ToArray();
            while (Interlocked.Increment(ref next) is var block && block < blocks.Length)
            {
                if (!Count(blocks[block], engines, whole, cancellationToken))
                {
                    return;
                }

                var done = Interlocked.Add(ref _done, blocks[block].Length);
                _options.Progress?.Report(new MassProgress(done, _starts.Count, _options.Time.GetElapsedTime(begun) * ((double)(_starts.Count - done) / done)));
            }
        });
    }

    /// <summary>False where it was told to stop before the block was whole.</summary>
    private bool Count(int[] starts, (SeedBlocks Engine, Cell[] Cells)[] engines, double whole, CancellationToken cancellationToken)
    {
        var summaries = Array.ConvertAll(starts, _ => new ReachSummary());
        foreach (var (engine, cells) in engines)
        {
            try
            {
                engine.Run(starts, Tell, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            void Tell(int column, int number, long times)
            {
                foreach (var cell in cells)
                {
                    summaries[column].Add(cell, _tallies.Classes[number], times);
                }
            }
        }

        for (var i = 0; i < starts.Length; i++)
        {
            summaries[i].Share = whole == 0 ? 0 : summaries[i].Raw / whole;
            _summaries[starts[i]] = summaries[i];
        }

        return true;
    }
}
