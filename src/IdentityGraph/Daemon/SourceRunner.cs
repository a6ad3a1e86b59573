using IdentityGraph.Cli;
using IdentityGraph.Collect;
using IdentityGraph.Policies;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Collecting;
using Microsoft.Extensions.Logging;

namespace IdentityGraph.Daemon;

/// <summary>
/// Collects one source once, for the daemon and for people alike: takes its lease, imports what is new as `import` does, keeps what was
/// taken. Sources that live behind an interface of their own will be collected here too. Failures are outcomes: no source stops another.
/// </summary>
/// <param name="open">Opens the store, made where there is none.</param>
/// <param name="follow">Brings what is derived from the runs up to date after some were sealed.</param>
/// <param name="policy">Of the settings.</param>
/// <param name="time">The clock.</param>
/// <param name="log">One line an event.</param>
internal sealed class SourceRunner(Func<IInspectableStore> open, Func<IInspectableStore, CancellationToken, Task> follow, AnalysisPolicy policy, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>A store has one writer at a time: sources of one process wait for each other.</summary>
    private readonly SemaphoreSlim _writing = new(1, 1);

    public void Dispose() => _writing.Dispose();

    /// <exception cref="OperationCanceledException">Stopped; the run being written was dropped.</exception>
    public async Task<SourceOutcome> RunAsync(ConfiguredSource source, CancellationToken cancellationToken)
    {
        SourceOutcome outcome;
        try
        {
            outcome = await CollectAsync(source, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            log.Stopped(source.Name);
            throw;
        }
        catch (SourceLeasedException busy)
        {
            outcome = new(source.Name, Ending.Skipped, busy.Message, [], 0, 0);
        }
        catch (Exception failed)
        {
            outcome = new(source.Name, EndingOf(failed), failed.Message, [], 0, 0);
            if (outcome.Ending == Ending.Failed)
            {
                log.Broken(failed, source.Name);
            }
        }

        log.Ended(source.Name, outcome);
        return outcome;
    }

    private static Ending EndingOf(Exception failed) => CommandLine.CodeOf(failed) switch
    {
        ExitCode.Store => Ending.NoStore,
        ExitCode.Internal => Ending.Failed,
        _ => Ending.Refused,
    };

    private async Task<SourceOutcome> CollectAsync(ConfiguredSource source, CancellationToken cancellationToken)
    {
        var store = open();
        await using (store.ConfigureAwait(false))
        {
            var lease = await store.LeaseAsync(source.Name, cancellationToken).ConfigureAwait(false);
            await using (lease.ConfigureAwait(false))
            {
                await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    return await CollectAsync(source, store, lease, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    _writing.Release();
                }
            }
        }
    }

    private async Task<SourceOutcome> CollectAsync(ConfiguredSource source, IInspectableStore store, ISourceLease lease, CancellationToken cancellationToken)
    {
        await lease.KeepAsync(lease.Record with { StartedAt = time.GetUtcNow(), EndedAt = null, Outcome = null, Detail = null }, cancellationToken).ConfigureAwait(false);
        log.Begun(source.Name, lease.Fence);
        var collection = new SourceCollection(source, store, lease, policy, time, log);
        SourceOutcome outcome;
        try
        {
            outcome = await collection.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is RefusedInputException)
        {
            outcome = new(source.Name, Ending.Refused, failed.Message, [], 0, 0);
        }

        await lease.KeepAsync(
            lease.Record with { EndedAt = time.GetUtcNow(), Outcome = outcome.Ending.ToString().ToLowerInvariant(), Detail = outcome.Detail[..Math.Min(outcome.Detail.Length, SourceRecord.LongestDetail)] },
            cancellationToken).ConfigureAwait(false);
        if (outcome.Runs.Count > 0)
        {
            await follow(store, cancellationToken).ConfigureAwait(false);
        }

        return outcome;
    }
}
