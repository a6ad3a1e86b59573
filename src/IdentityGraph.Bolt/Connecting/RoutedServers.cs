using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Bolt.Connecting;

/// <summary>
/// The servers of a cluster: what writes goes to the leader, what reads to the server least at work. Which is which is asked of the cluster,
/// for each database, when it is first needed, when what it said has run out, and when it no longer holds.
/// </summary>
internal sealed class RoutedServers(BoltAddress seed, BoltOptions options) : IConnections
{
    /// <summary>How often one wish asks the cluster anew before it gives up: whoever runs its work again asks again.</summary>
    private const int MostQuestions = 2;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly Dictionary<string, ConnectionPool> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<TableKey, RoutingTable> _tables = [];
    private readonly List<Task> _leaving = [];
    private bool _closed;
    private int _turn;

    public async ValueTask<Acquired> AcquireAsync(ConnectionWish wish, BoltAuthentication authentication, CancellationToken cancellationToken)
    {
        var key = TableKey.Of(wish, authentication);
        BoltConnectionException? lost = null;
        for (var questions = 0; ;)
        {
            if (Usable(key, wish.Mode) is not { } table)
            {
                table = questions++ < MostQuestions ? await AskedAsync(key, wish, authentication, cancellationToken) : throw lost ?? NobodyFor(wish.Mode);
            }

            foreach (var pool in LeastAtWorkFirst(table.For(wish.Mode)))
            {
                try
                {
                    return new(await pool.AcquireAsync(authentication, cancellationToken), wish.Database ?? table.Database);
                }
                catch (BoltConnectionException unreachable)
                {
                    lost = unreachable;
                    Forget(pool);
                }
                catch (ObjectDisposedException) when (!_closed)
                {
                    // A newer table was taken meanwhile, without this server.
                }
            }
        }
    }

    public void Release(BoltConnection connection, Exception? failure)
    {
        var pool = connection.Pool!;
        switch (failure)
        {
            case BoltConnectionException or BoltServerException { Code: "Neo.TransientError.General.DatabaseUnavailable" }:
                Forget(pool);
                break;
            case BoltServerException { Code: "Neo.ClientError.Cluster.NotALeader" or "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase" }:
                Change(table => table.WithoutWriter(pool.Server));
                break;
        }

        pool.Release(connection, failure);
    }

    public async ValueTask DisposeAsync()
    {
        ConnectionPool[] pools;
        Task[] leaving;
        lock (_lock)
        {
            _closed = true;
            (pools, leaving) = ([.. _pools.Values], [.. _leaving]);
            _pools.Clear();
            _tables.Clear();
        }

        await Task.WhenAll(leaving);
        foreach (var pool in pools)
        {
            await pool.DisposeAsync();
        }
    }

    private BoltConnectionException NobodyFor(AccessMode mode, Exception? why = null) =>
        why is null
            ? new($"the cluster at {seed} names no server that {(mode is AccessMode.Read ? "reads" : "writes")} now; it may be choosing a leader")
            : new($"no server of the cluster at {seed} says who {(mode is AccessMode.Read ? "reads" : "writes")}: {why.Message}", why);

    /// <summary>The table of a database, as long as it holds and names a server for this.</summary>
    private RoutingTable? Usable(TableKey key, AccessMode mode)
    {
        lock (_lock)
        {
            return _tables.TryGetValue(key, out var table) && table.For(mode).Count > 0 && options.TimeProvider.GetElapsedTime(table.AskedAt) < table.Lifetime ? table : null;
        }
    }

    /// <summary>A new table, from the first router that has one; of those who come at once one asks.</summary>
    /// <exception cref="BoltConnectionException">No router answers, or none names a server for this.</exception>
    private async Task<RoutingTable> AskedAsync(TableKey key, ConnectionWish wish, BoltAuthentication authentication, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (Usable(key, wish.Mode) is { } asked)
            {
                return asked;
            }

            Exception? last = null;
            foreach (var pool in Routers(key))
            {
                try
                {
                    var table = await AskAsync(pool, wish, authentication, cancellationToken);
                    if (table.Routers.Count > 0 && table.Readers.Count + table.Writers.Count > 0)
                    {
                        Take(key, table);
                    }

                    if (table.For(wish.Mode).Count > 0)
                    {
                        return table;
                    }

                    last = null;
                }
                catch (BoltConnectionException unreachable)
                {
                    last = unreachable;
                    Forget(pool);
                }
                catch (Exception e) when (e is BoltProtocolException || (e is BoltServerException refused && !IsFinal(refused)) || (e is ObjectDisposedException && !_closed))
                {
                    last = e;
                }
            }

            throw NobodyFor(wish.Mode, last);
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<RoutingTable> AskAsync(ConnectionPool pool, ConnectionWish wish, BoltAuthentication authentication, CancellationToken cancellationToken)
    {
        var connection = await pool.AcquireAsync(authentication, cancellationToken);
        Exception? failure = null;
        try
        {
            var askedAt = options.TimeProvider.GetTimestamp();
            return RoutingTable.Read(await connection.RouteAsync(seed.Routing!, wish.Bookmarks, wish.Database, wish.ImpersonatedUser, cancellationToken), askedAt);
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            pool.Release(connection, failure);
        }
    }

    /// <summary>Whether another router would say the same: the question is wrong, not the server.</summary>
    private static bool IsFinal(BoltServerException refused) =>
        refused.Code.StartsWith("Neo.ClientError.", StringComparison.Ordinal) && !refused.IsRetryable && !refused.Code.StartsWith("Neo.ClientError.Cluster.", StringComparison.Ordinal);

    /// <summary>Routers of the last table, then the server that the address names.</summary>
    private List<ConnectionPool> Routers(TableKey key)
    {
        lock (_lock)
        {
            return [.. (_tables.GetValueOrDefault(key)?.Routers ?? []).Append(seed.ToString()).Distinct(StringComparer.Ordinal).Select(PoolOf)];
        }
    }

    /// <summary>In turn where several are as much at work.</summary>
    private List<ConnectionPool> LeastAtWorkFirst(IReadOnlyList<string> servers)
    {
        lock (_lock)
        {
            var first = (int)((uint)_turn++ % (uint)servers.Count);
            return [.. servers.Skip(first).Concat(servers.Take(first)).Select(PoolOf).OrderBy(pool => pool.Busy)];
        }
    }

    private ConnectionPool PoolOf(string server)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(BoltClient));
        if (!_pools.TryGetValue(server, out var pool))
        {
            var named = BoltAddress.ParseServer(server);
            pool = new(new Connector(seed with { Host = named.Host, Port = named.Port }, options), options);
            _pools.Add(server, pool);
        }

        return pool;
    }

    private void Take(TableKey key, RoutingTable table)
    {
        lock (_lock)
        {
            _tables[key] = table;
            if (key.Database is null && table.Database is { } home)
            {
                // Sessions that found their home by it go on by its name.
                _tables[TableKey.Of(home)] = table;
            }

            foreach (var (server, pool) in _pools.Where(pair => pair.Key != seed.ToString() && !_tables.Values.Any(each => each.Names(pair.Key))).ToArray())
            {
                _pools.Remove(server);
                _leaving.Add(pool.DisposeAsync().AsTask());
            }

            _leaving.RemoveAll(task => task.IsCompletedSuccessfully);
        }
    }

    /// <summary>A server that was lost is in no table until a router names it again.</summary>
    private void Forget(ConnectionPool pool)
    {
        pool.CloseOlder();
        Change(table => table.Without(pool.Server));
    }

    private void Change(Func<RoutingTable, RoutingTable> change)
    {
        lock (_lock)
        {
            foreach (var (key, table) in _tables.ToArray())
            {
                _tables[key] = change(table);
            }
        }
    }

    /// <summary>What a table is for: a database, or the home database of somebody.</summary>
    private sealed record TableKey(string? Database, string? ImpersonatedUser, BoltAuthentication? Authentication)
    {
        public static TableKey Of(ConnectionWish wish, BoltAuthentication authentication) =>
            wish.Database is { } database ? Of(database) : new(null, wish.ImpersonatedUser, authentication);

        public static TableKey Of(string database) => new(database, null, null);
    }
}
