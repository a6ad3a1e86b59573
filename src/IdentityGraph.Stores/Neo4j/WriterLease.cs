using IdentityGraph.Graph;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>
/// The right to write a store, for as long as it is renewed, by the server's clock. Its fence is greater than that of every writer before:
/// each statement that writes checks it, so that a writer that was taken for dead and was not cannot write any more.
/// </summary>
internal sealed class WriterLease : IAsyncDisposable
{
    /// <summary>A writer that died keeps others waiting for no longer.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly StoreStatements _statements;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private bool _sealed;

    private WriterLease(StoreStatements statements, long fence, TimeProvider time)
    {
        _statements = statements;
        Fence = fence;
        _renewing = RenewAsync(time);
    }

    public long Fence { get; }

    /// <summary>Of this writer alone: what it finds in the store under its fence and without this, it did not write.</summary>
    public string Writer { get; } = Guid.NewGuid().ToString();

    public static long Milliseconds => (long)Length.TotalMilliseconds;

    /// <exception cref="StoreLockedException">Somebody else writes.</exception>
    public static async Task<WriterLease> TakeAsync(StoreStatements statements, string location, TimeProvider time, CancellationToken cancellationToken)
    {
        var holder = WriterRecord.OfThisProcess(time).ToString();
        var taken = await statements.WriteAsync("store/take-lease.cypher", cancellationToken, ("holder", holder), ("milliseconds", Milliseconds)).ConfigureAwait(false);
        if (taken is [[long fence]])
        {
            return new WriterLease(statements, fence, time);
        }

        var found = await statements.ReadAsync("store/find.cypher", cancellationToken).ConfigureAwait(false);
        throw found is [[_, var writer]]
            ? new StoreLockedException($"the store at `{location}` is being written by {writer ?? "somebody who ended just now"}; wait until it is done, or, if that writer died, {Length.TotalSeconds:0} s")
            : new StoreException($"there is no store at `{location}` any more; make one with `idgraph init`");
    }

    /// <summary>The run was sealed, which gave the lease back.</summary>
    public void Sealed() => _sealed = true;

    /// <summary>Whether nobody took it.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken) =>
        (await _statements.WriteAsync("store/renew-lease.cypher", cancellationToken, ("fence", Fence), ("milliseconds", Milliseconds)).ConfigureAwait(false)).Count > 0;

    /// <summary>What a writer is told whose lease another took.</summary>
    public async Task<StoreLockedException> LostAsync(string location, CancellationToken cancellationToken)
    {
        var found = await _statements.ReadAsync("store/find.cypher", cancellationToken).ConfigureAwait(false);
        var other = found is [[_, string writer]] ? writer : "another writer, which has ended";
        return new StoreLockedException($"the store at `{location}` was not heard of for more than {Length.TotalSeconds:0} s, and was taken over by {other}; nothing of this run is visible: import it again; a projection is gone on with by `idgraph store project`");
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _ended.Dispose();
        if (_sealed)
        {
            return;
        }

        try
        {
            await _statements.WriteAsync("store/release-lease.cypher", CancellationToken.None, ("fence", Fence)).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // It runs out by itself.
        }
    }

    private async Task RenewAsync(TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Length / 3, time, _ended.Token).ConfigureAwait(false);
                await _statements.WriteAsync("store/renew-lease.cypher", _ended.Token, ("fence", Fence), ("milliseconds", Milliseconds)).ConfigureAwait(false);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or StoreException)
        {
            // Whether it is still held is asked again by every statement that writes.
        }
    }
}
