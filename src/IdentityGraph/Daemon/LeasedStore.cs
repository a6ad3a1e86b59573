using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Collecting;

namespace IdentityGraph.Daemon;

/// <summary>
/// A store as the holder of a source may write it. The lease is asked for again once the writer's lock is held and once more before each run
/// is sealed: whoever was taken for dead and was not seals nothing after another has taken over.
/// </summary>
/// <param name="store">Where runs go.</param>
/// <param name="lease">The right to collect the source.</param>
/// <param name="beforeSealing">Throws where the run must not be sealed.</param>
internal sealed class LeasedStore(IGraphStore store, ISourceLease lease, Action beforeSealing) : IGraphStore
{
    public string Location => store.Location;

    public IReadOnlyList<SealedRun> Runs() => store.Runs();

    public IEnumerable<Observation> Read(SealedRun run, CancellationToken cancellationToken = default) => store.Read(run, cancellationToken);

    public ValueTask<GraphSnapshot> SnapshotAsync(DateTimeOffset? asKnownAt = null, CancellationToken cancellationToken = default) => store.SnapshotAsync(asKnownAt, cancellationToken);

    public async ValueTask<IRunWriter> BeginRunAsync(RunHeader header, CancellationToken cancellationToken = default)
    {
        var writer = await store.BeginRunAsync(header, cancellationToken).ConfigureAwait(false);
        try
        {
            await lease.RenewAsync(cancellationToken).ConfigureAwait(false);
            return new Writer(writer, lease, beforeSealing);
        }
        catch
        {
            await writer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The store is whoever opened it's.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Writer(IRunWriter writer, ISourceLease lease, Action beforeSealing) : IRunWriter
    {
        public void Write(Observation observation) => writer.Write(observation);

        public async ValueTask<SealedRun> SealAsync(RunOutcome outcome, CancellationToken cancellationToken = default)
        {
            beforeSealing();
            await lease.RenewAsync(cancellationToken).ConfigureAwait(false);
            return await writer.SealAsync(outcome, cancellationToken).ConfigureAwait(false);
        }

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
