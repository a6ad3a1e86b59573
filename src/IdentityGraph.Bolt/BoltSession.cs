using IdentityGraph.Bolt.Connecting;
using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Bolt;

/// <summary>
/// Statements one after the other, each seeing what those before it did (bookmarks). For one task at a time; it does one thing at a time:
/// a result or transaction must be through before the next is begun.
/// </summary>
public sealed partial class BoltSession : IAsyncDisposable
{
    private readonly BoltClient _client;
    private readonly SessionOptions _options;
    private IAsyncDisposable? _open;
    private bool _disposed;

    internal BoltSession(BoltClient client, SessionOptions options)
    {
        if (options.FetchSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        }

        (_client, _options, Bookmarks, Database) = (client, options, options.Bookmarks, options.Database);
    }

    /// <summary>What has been seen and done so far; give it to another session that must see it too.</summary>
    public IReadOnlyCollection<string> Bookmarks { get; private set; }

    /// <summary>
    /// The database it works in. Opened without one, it is the user's home database: null until the cluster or a server that speaks Bolt 5.8
    /// has named that, and from then on the same for as long as the session lives, whatever becomes of the user's home meanwhile. An older
    /// server that was asked for directly resolves it for each transaction.
    /// </summary>
    public string? Database { get; private set; }

    internal int FetchSize => _options.FetchSize ?? _client.Options.FetchSize;

    /// <summary>Runs a statement as a transaction of its own and returns its records as they come. It is not run again if it fails.</summary>
    /// <param name="query">The statement; a text converts to one.</param>
    /// <param name="options">Null for the usual.</param>
    /// <param name="cancellationToken">Ends the wait, and the statement on the server.</param>
    /// <exception cref="BoltServerException">The server refused the statement.</exception>
    public async Task<BoltResult> RunAsync(BoltQuery query, TransactionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var connection = await AcquireAsync(_options.Mode, cancellationToken);
        var owner = new AutoCommit(this, connection);
        try
        {
            var statement = await connection.StartAsync(query, Context(connection, _options.Mode, options), FetchSize, null, cancellationToken);
            StayIn(statement.Run.Metadata);
            var result = new BoltResult(owner, connection, statement);
            _open = result;
            return result;
        }
        catch (Exception e)
        {
            owner.Failed(e);
            throw;
        }
    }

    /// <summary>Runs a statement as a transaction of its own, for what it does; records are thrown away.</summary>
    /// <inheritdoc cref="RunAsync" />
    /// <returns>What the server said at the end.</returns>
    public async Task<BoltSummary> ExecuteAsync(BoltQuery query, TransactionOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = await RunAsync(query, options, cancellationToken);
        return await result.ConsumeAsync(cancellationToken);
    }

    /// <summary>
    /// Begins a transaction of several statements. The server hears of it with the first of them, in one round trip, so what it says
    /// against the transaction itself (no such database) is thrown there.
    /// </summary>
    /// <param name="options">Null for the usual.</param>
    /// <param name="cancellationToken">Ends the wait for a connection.</param>
    public Task<BoltTransaction> BeginAsync(TransactionOptions? options = null, CancellationToken cancellationToken = default) =>
        BeginAsync(_options.Mode, options, cancellationToken);

    /// <summary>Rolls back a transaction that is open, and passes over the rest of a result that is.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_open is { } open)
        {
            _open = null;
            await open.DisposeAsync();
        }
    }

    internal void Committed(IReadOnlyDictionary<string, object?> metadata)
    {
        if (metadata.GetValueOrDefault("bookmark") is string bookmark)
        {
            Bookmarks = [bookmark];
        }
    }

    /// <summary>Stays in the home database that the answer to BEGIN or RUN names (from 5.8 on). What the end of a statement names is where that one ran.</summary>
    internal void StayIn(IReadOnlyDictionary<string, object?> metadata) => Database ??= metadata.GetValueOrDefault("db") as string;

    internal void Release(BoltConnection connection, Exception? e)
    {
        _open = null;
        _client.Connections.Release(connection, e);
    }

    private async Task<BoltTransaction> BeginAsync(AccessMode mode, TransactionOptions? options, CancellationToken cancellationToken)
    {
        var connection = await AcquireAsync(mode, cancellationToken);
        try
        {
            var transaction = new BoltTransaction(this, connection, Context(connection, mode, options));
            _open = transaction;
            return transaction;
        }
        catch (Exception e)
        {
            Release(connection, e);
            throw;
        }
    }

    private ConnectionWish WishFor(AccessMode mode) => new(mode, Database, _options.ImpersonatedUser, Bookmarks);

    private async ValueTask<BoltConnection> AcquireAsync(AccessMode mode, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_open is not null)
        {
            throw new InvalidOperationException("the session still has a result that was not read to its end, or a transaction that was not ended; finish or dispose it first");
        }

        var (connection, database) = await _client.Connections.AcquireAsync(WishFor(mode), _options.Authentication ?? _client.Options.Authentication, cancellationToken);
        Database ??= database;
        return connection;
    }

    private RequestContext Context(BoltConnection connection, AccessMode mode, TransactionOptions? options)
    {
        options?.ThrowIfInvalid();
        return new()
        {
            Version = connection.Version,
            Bookmarks = Bookmarks,
            Timeout = options?.Timeout,
            Metadata = options?.Metadata,
            Mode = mode,
            Database = Database,
            ImpersonatedUser = _options.ImpersonatedUser,
            Notifications = _options.Notifications,
        };
    }

    /// <summary>A statement that is a transaction of its own: when it is through, the connection goes back.</summary>
    private sealed class AutoCommit(BoltSession session, BoltConnection connection) : IResultOwner
    {
        public void Finished(BoltResult result, IReadOnlyDictionary<string, object?> metadata)
        {
            session.Committed(metadata);
            session.Release(connection, null);
        }

        public void Failed(Exception e) => session.Release(connection, e);
    }
}
