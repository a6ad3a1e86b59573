namespace IdentityGraph.Bolt;

public sealed partial class BoltSession
{
    /// <summary>
    /// Runs <paramref name="work"/> in a transaction that only reads, and commits it; runs it again, in a new transaction, after a failure
    /// that may pass (deadlock, lost connection), with growing waits, as <see cref="BoltOptions.Retry"/> says.
    /// </summary>
    /// <typeparam name="T">What the work finds. Results are gone with the transaction: return what was read of them.</typeparam>
    /// <param name="work">May be called several times; what it does outside of the transaction is not taken back.</param>
    /// <param name="options">Null for the usual.</param>
    /// <param name="cancellationToken">Ends it, also between tries.</param>
    public Task<T> ReadAsync<T>(Func<BoltTransaction, CancellationToken, Task<T>> work, TransactionOptions? options = null, CancellationToken cancellationToken = default) =>
        ManagedAsync(AccessMode.Read, work, options, cancellationToken);

    /// <summary>As <see cref="ReadAsync{T}"/>, for work that writes.</summary>
    /// <inheritdoc cref="ReadAsync{T}" />
    /// <exception cref="BoltCommitUnknownException">The connection was lost in COMMIT and the work is not <see cref="TransactionOptions.Repeatable"/>.</exception>
    public Task<T> WriteAsync<T>(Func<BoltTransaction, CancellationToken, Task<T>> work, TransactionOptions? options = null, CancellationToken cancellationToken = default) =>
        ManagedAsync(AccessMode.Write, work, options, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}" />
    public Task WriteAsync(Func<BoltTransaction, CancellationToken, Task> work, TransactionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return ManagedAsync(
            AccessMode.Write,
            async (transaction, token) =>
            {
                await work(transaction, token);
                return true;
            },
            options,
            cancellationToken);
    }

    private async Task<T> ManagedAsync<T>(AccessMode mode, Func<BoltTransaction, CancellationToken, Task<T>> work, TransactionOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var (time, retry) = (_client.Options.TimeProvider, _client.Options.Retry);
        var begun = time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            TimeSpan wait;
            try
            {
                await using var transaction = await BeginAsync(mode, options, cancellationToken);
                var found = await work(transaction, cancellationToken);
                if (transaction.IsOpen)
                {
                    await transaction.CommitAsync(cancellationToken);
                }

                return found;
            }
            catch (BoltException e) when (e.IsRetryable || (e is BoltCommitUnknownException && options is { Repeatable: true }))
            {
                wait = retry.DelayAfter(failures, _client.Options.Random);
                if (time.GetElapsedTime(begun) + wait > retry.MaxTime)
                {
                    throw;
                }
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }
}
