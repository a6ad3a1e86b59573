using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph;

/// <summary>
/// Read this first. The product is one flow: collect → normalize → graph → analyze → report, and its folders are named so.
/// A format or collector yields observations (collect); secrets are refused and people matched (normalize); a store keeps sealed runs and
/// folds them to a snapshot (graph); control and findings are derived from a view of it (analyze); one facade answers (report).
/// Here is the first half of it: what brings a file into a store.
/// </summary>
public static class Pipeline
{
    /// <summary>Of a hundred records so many may be rejected before nothing is committed.</summary>
    private const int MostRejectedPercent = 5;

    private const int ProgressEvery = 10_000;

    /// <summary>
    /// Imports every run of a file. A run is visible in the store whole or not at all; what refuses the input leaves nothing behind.
    /// Judged over the whole file; of standard input, which cannot be read twice, over each run and those before it.
    /// </summary>
    /// <param name="format">What the file is.</param>
    /// <param name="request">Which file, and what the user asked.</param>
    /// <param name="store">Null only for a dry run.</param>
    /// <param name="options">How strict to be, and whom to tell.</param>
    /// <param name="cancellationToken">Stops between records; the run being read is dropped.</param>
    /// <exception cref="StoreLockedException">Another process writes.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the run being read left nothing.</exception>
    public static async Task<ImportResult> ImportAsync(
        IFileFormat format, ImportRequest request, IGraphStore? store, ImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(request);
        options ??= new();
        var import = new Import(format, request, options.DryRun ? null : store ?? throw new ArgumentNullException(nameof(store)), options);
        try
        {
            return await import.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedInputException refused)
        {
            return import.Result(refused.Message);
        }
        catch (RecordTimeException refused)
        {
            return import.Result(refused.Message);
        }
    }

    /// <summary>One import under way.</summary>
    private sealed class Import(IFileFormat format, ImportRequest request, IGraphStore? store, ImportOptions options)
    {
        private readonly List<ImportedRun> _runs = [];
        private long _observations;
        private long _read;
        private long _rejected;

        public async Task<ImportResult> RunAsync(CancellationToken cancellationToken)
        {
            using var runs = format.Open(request, options.Report, cancellationToken).GetEnumerator();
            var more = runs.MoveNext();
            while (more)
            {
                var run = runs.Current;
                var writer = store is null ? null : await store.BeginRunAsync(run.Header, cancellationToken).ConfigureAwait(false);
                await using (writer)
                {
                    var written = Write(run, writer, cancellationToken);

                    // The next header must be readable before this run is sealed: else the file as a whole is refused.
                    more = runs.MoveNext();
                    if (TooManyRejected() is { } refusal)
                    {
                        return Result(refusal);
                    }

                    await SealAsync(run, writer, written, cancellationToken).ConfigureAwait(false);
                }
            }

            return Result(null);
        }

        public ImportResult Result(string? refusal) => new()
        {
            Runs = _runs,
            Observations = _observations,
            Read = _read,
            Rejected = _rejected,
            Report = options.Report,
            Refusal = refusal,
            DryRun = store is null,
        };

        private long Write(FileRun run, IRunWriter? writer, CancellationToken cancellationToken)
        {
            long written = 0;
            foreach (var observation in run.Observations)
            {
                if (++written % ProgressEvery == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    options.Progress?.Report(new(_read + run.Outcome.Read, _observations + written));
                }

                writer?.Write(observation);
            }

            _observations += written;
            _read += run.Outcome.Read;
            _rejected += run.Outcome.Rejected;
            options.Progress?.Report(new(_read, _observations));
            return written;
        }

        private async Task SealAsync(FileRun run, IRunWriter? writer, long written, CancellationToken cancellationToken)
        {
            var outcome = new RunOutcome(run.Outcome.PartialReason is not null, run.Outcome.Rejected, run.Outcome.PartialReason);
            var stored = writer is null ? null : await writer.SealAsync(outcome, cancellationToken).ConfigureAwait(false);
            _runs.Add(new(run.Header, outcome, written, stored));
        }

        private string? TooManyRejected() => !options.AllowRejects && _rejected * 100 > _read * MostRejectedPercent
            ? $"{_rejected} of {_read} records were rejected, more than {MostRejectedPercent} %; nothing was committed; correct them, or import with --allow-rejects"
            : null;
    }
}
