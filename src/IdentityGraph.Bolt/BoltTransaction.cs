using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Bolt;

/// <summary>
/// Several statements that happen together or not at all. Disposed without <see cref="CommitAsync"/>, it is rolled back. After a failure
/// nothing more can be run in it.
/// </summary>
public sealed class BoltTransaction : IAsyncDisposable, IResultOwner
{
    private readonly BoltSession _session;
    private readonly BoltConnection _connection;
    private readonly Response _begin = new();
    private readonly List<Response> _queued = [];
    private readonly List<BoltResult> _results = [];
    private Exception? _failure;

    internal BoltTransaction(BoltSession session, BoltConnection connection, RequestContext context)
    {
        (_session, _connection) = (session, connection);
        connection.Begin(context, _begin);
        _queued.Add(_begin);
        IsOpen = true;
    }

    /// <summary>Whether it was neither committed nor rolled back yet.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Runs a statement and returns its records as they come. Several results may be open at once.</summary>
    /// <param name="query">The statement; a text converts to one.</param>
    /// <param name="cancellationToken">Ends the wait; the transaction can only be rolled back then.</param>
    /// <exception cref="BoltServerException">The server refused this statement, or the transaction, or a statement queued before.</exception>
    public async Task<BoltResult> RunAsync(BoltQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ThrowIfUnusable();
        try
        {
            var statement = await _connection.StartAsync(query, null, _session.FetchSize, ThrowIfQueuedFailed, cancellationToken);
            _session.StayIn(_begin.Metadata);
            var result = new BoltResult(this, _connection, statement);
            _results.Add(result);
            return result;
        }
        catch (Exception e) when (e is BoltException or OperationCanceledException && e is not BoltTypeException)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>Runs a statement for what it does; records are thrown away.</summary>
    /// <inheritdoc cref="RunAsync" />
    /// <returns>What the server said at the end.</returns>
    public async Task<BoltSummary> ExecuteAsync(BoltQuery query, CancellationToken cancellationToken = default)
    {
        var result = await RunAsync(query, cancellationToken);
        return await result.ConsumeAsync(cancellationToken);
    }

    /// <summary>
    /// Takes a statement along with the next that waits for an answer, or with COMMIT: many statements, one round trip. What it returns is
    /// thrown away; if it fails, the next call that waits says so.
    /// </summary>
    /// <param name="query">The statement; a text converts to one. It is written down at once, so its parameters may change afterwards.</param>
    public void Queue(BoltQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ThrowIfUnusable();
        var (run, discard) = (new Response(), new Response());
        _connection.Run(query, null, run);
        _connection.Discard(-1, null, discard);
        _queued.Add(run);
        _queued.Add(discard);
    }

    /// <summary>Makes what was done last. Results that were not read to their end are passed over.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait. When COMMIT was on its way by then, nobody knows whether it happened; the exception's inner one says so.
    /// </param>
    /// <exception cref="BoltCommitUnknownException">The connection was lost: it may be committed or not.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable();
        var commit = new Response();
        var sent = false;
        try
        {
            foreach (var result in _results.Where(result => !result.IsOver).ToArray())
            {
                await result.ConsumeAsync(cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            _connection.Commit(commit);
            sent = true;
            await _connection.FlushAsync(cancellationToken);
            await _connection.ReceiveAsync(commit, cancellationToken);
            ThrowIfQueuedFailed();
            commit.ThrowIfRefused();
        }
        catch (BoltConnectionException e) when (sent)
        {
            Fail(e);
            throw new BoltCommitUnknownException(e);
        }
        catch (OperationCanceledException e) when (sent)
        {
            Fail(e);
            throw new OperationCanceledException("cancelled while committing: the transaction may be committed or not", new BoltCommitUnknownException(e), cancellationToken);
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
        finally
        {
            _connection.InTransaction &= !commit.IsDone || commit.Failure is not null || commit.WasIgnored;
            End();
        }

        _session.Committed(commit.Metadata);
    }

    /// <summary>Takes back what was done.</summary>
    /// <param name="cancellationToken">Ends the wait; the connection is then put in order, or closed, behind the scenes, which rolls back too.</param>
    public async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        if (!IsOpen)
        {
            return;
        }

        try
        {
            // With records on their way a RESET is shorter than passing over them; so it is when the server ignores everything anyway.
            if (_failure is null && _results.TrueForAll(result => result.IsOver) && !_connection.IsBroken && !_connection.ForgetUnsent())
            {
                var rollback = new Response();
                _connection.Rollback(rollback);
                await _connection.FlushAsync(cancellationToken);
                await _connection.ReceiveAsync(rollback, cancellationToken);
                _connection.InTransaction = rollback.Failure is not null || rollback.WasIgnored;
            }
        }
        catch (BoltException)
        {
            _connection.Break(); // a server that lost the connection rolls back by itself
        }
        finally
        {
            End();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await RollbackAsync();

    void IResultOwner.Finished(BoltResult result, IReadOnlyDictionary<string, object?> metadata) => _results.Remove(result);

    void IResultOwner.Failed(Exception e) => Fail(e);

    private void Fail(Exception e)
    {
        _failure ??= e;
        foreach (var result in _results)
        {
            result.Close(e as BoltException);
        }
    }

    private void End()
    {
        if (IsOpen)
        {
            IsOpen = false;
            foreach (var result in _results)
            {
                result.Close(null);
            }

            _session.Release(_connection, _failure);
        }
    }

    private void ThrowIfQueuedFailed()
    {
        foreach (var response in _queued)
        {
            if (response.Failure is not null)
            {
                throw response.Failure;
            }
        }

        _queued.RemoveAll(response => response.IsDone);
    }

    private void ThrowIfUnusable()
    {
        if (!IsOpen)
        {
            throw new InvalidOperationException("the transaction was committed or rolled back; begin another");
        }

        if (_failure is not null)
        {
            throw new InvalidOperationException($"the transaction failed earlier and can only be rolled back: {_failure.Message}", _failure);
        }
    }
}
