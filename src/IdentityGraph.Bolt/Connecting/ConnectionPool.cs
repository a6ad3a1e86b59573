using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Bolt.Connecting;

/// <summary>Connections to one server that are used again and again; the one used last is used first, so that the others may grow old.</summary>
internal sealed class ConnectionPool(Connector connector, BoltOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(options.MaxConnections, options.MaxConnections);
    private readonly Lock _lock = new();
    private readonly Stack<BoltConnection> _idle = new();
    private readonly HashSet<Task> _cleaning = [];
    private bool _closed;
    private long _closedAllBefore = long.MinValue;

    /// <summary>Host and port.</summary>
    public string Server { get; } = connector.Address.ToString();

    /// <summary>How many connections are in use, or are being put in order.</summary>
    public int Busy => options.MaxConnections - _free.CurrentCount;

    /// <summary>A connection in order, signed in as asked. Give it back with <see cref="Release"/>.</summary>
    /// <exception cref="BoltPoolException">None became free in time.</exception>
    public async ValueTask<BoltConnection> AcquireAsync(BoltAuthentication authentication, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(BoltClient));
        await WaitAsync(cancellationToken);
        BoltConnection? connection = null;
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(BoltClient));
            while (TryTakeIdle(out connection))
            {
                if (await IsUsableAsync(connection))
                {
                    if (connection.Authentication == authentication)
                    {
                        return connection;
                    }

                    if (connection.Version >= new BoltVersion(5, 1))
                    {
                        await connection.SignInAsAsync(authentication, cancellationToken);
                        return connection;
                    }
                }

                await connection.DisposeAsync();
            }

            connection = await connector.OpenAsync(authentication, cancellationToken);
            connection.Pool = this;
            return connection;
        }
        catch (Exception)
        {
            if (connection is not null)
            {
                connection.Break();
                await connection.DisposeAsync();
            }

            _free.Release();
            throw;
        }
    }

    /// <summary>
    /// Takes a connection back. One that is not in order is put in order, or closed, in the background; until then it counts as busy.
    /// </summary>
    /// <param name="connection">It need not be in order.</param>
    /// <param name="failure">Why its work ended; null where it ended well.</param>
    public void Release(BoltConnection connection, Exception? failure)
    {
        if (failure is BoltServerException { EndsConnection: true } refused)
        {
            connection.Break();
            if (refused.Code is "Neo.ClientError.Security.AuthorizationExpired")
            {
                CloseOlder();
            }
        }

        if (connection.IsClean)
        {
            Keep(connection);
            return;
        }

        var cleaning = CleanAsync(connection);
        lock (_lock)
        {
            _cleaning.Add(cleaning);
        }

        _ = cleaning.ContinueWith(Cleaned, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Connections open so far are not used again: what the server knew of their rights has run out.</summary>
    public void CloseOlder()
    {
        lock (_lock)
        {
            _closedAllBefore = options.TimeProvider.GetTimestamp();
        }
    }

    public async ValueTask DisposeAsync()
    {
        BoltConnection[] idle;
        Task[] cleaning;
        lock (_lock)
        {
            _closed = true;
            idle = [.. _idle];
            _idle.Clear();
            cleaning = [.. _cleaning];
        }

        await Task.WhenAll(cleaning);
        foreach (var connection in idle)
        {
            await connection.DisposeAsync();
        }
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (_free.Wait(0, CancellationToken.None))
        {
            return;
        }

        using var limit = new CancellationTokenSource(options.AcquisitionTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _free.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BoltPoolException($"all {options.MaxConnections} connections to {connector.Address} were busy for {options.AcquisitionTimeout.TotalSeconds:0.#} s; finish or dispose results and transactions, or raise BoltOptions.MaxConnections");
        }
    }

    private bool TryTakeIdle([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BoltConnection? connection)
    {
        lock (_lock)
        {
            return _idle.TryPop(out connection);
        }
    }

    private async ValueTask<bool> IsUsableAsync(BoltConnection connection)
    {
        var time = options.TimeProvider;
        if (connection.HeardUnasked)
        {
            connection.Break();
        }

        if (connection.IsBroken || IsOld(connection))
        {
            return false;
        }

        return time.GetElapsedTime(connection.IdleSince) <= options.LivenessCheckAfter || await connection.TryResetAsync(options.ResetTimeout);
    }

    private bool IsOld(BoltConnection connection) =>
        options.TimeProvider.GetElapsedTime(connection.CreatedAt) > options.MaxConnectionLifetime || connection.CreatedAt <= _closedAllBefore;

    private async Task CleanAsync(BoltConnection connection)
    {
        if (await connection.TryResetAsync(options.ResetTimeout))
        {
            Keep(connection);
            return;
        }

        await connection.DisposeAsync();
        _free.Release();
    }

    private void Cleaned(Task cleaning)
    {
        lock (_lock)
        {
            _cleaning.Remove(cleaning);
        }
    }

    private void Keep(BoltConnection connection)
    {
        bool kept;
        lock (_lock)
        {
            kept = !_closed && !IsOld(connection);
            if (kept)
            {
                connection.IdleSince = options.TimeProvider.GetTimestamp();
                _idle.Push(connection);
            }
        }

        if (!kept)
        {
            _ = connection.DisposeAsync().AsTask();
        }

        _free.Release();
    }
}
