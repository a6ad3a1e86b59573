using Neo4j.Driver;

namespace IdentityGraph.Stores.Neo4j.Official;

/// <summary>
/// A server over the official driver, in builds with `-p:Neo4jDriver=official`: everything the store reads and writes. What somebody asks in
/// Cypher of their own goes over our own client, whose read-only transactions and limits it is made of.
/// </summary>
internal sealed class OfficialCypherServer : ICypherServer
{
    private readonly Neo4jPlace _place;
    private readonly StoreOptions _options;
    private readonly BoltCypherServer _asking;
    private readonly IDriver _driver;
    private readonly IBookmarkManager _seen = GraphDatabase.BookmarkManagerFactory.NewBookmarkManager();
    private bool _reached;

    public OfficialCypherServer(Neo4jPlace place, StoreOptions options)
    {
        (_place, _options, _asking) = (place, options, new BoltCypherServer(place, options));
        _driver = GraphDatabase.Driver(
            place.Server,
            options.Credentials is { } credentials ? AuthTokens.Basic(credentials.User, credentials.Password) : AuthTokens.None,
            builder => builder.WithMaxTransactionRetryTime(options.TryFor).WithUserAgent("IdentityGraph").WithFetchSize(10_000));
    }

    public string Address => _place.Server;

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken) =>
        SayableAsync((session, work) => session.ExecuteReadAsync(work), statement, parameters, cancellationToken);

    public Task<IReadOnlyList<IReadOnlyList<object?>>> WriteAsync(string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken) =>
        SayableAsync((session, work) => session.ExecuteWriteAsync(work), statement, parameters, cancellationToken);

    public Task<CypherRows> QueryAsync(CypherQuestion question, CancellationToken cancellationToken) => _asking.QueryAsync(question, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _asking.DisposeAsync().ConfigureAwait(false);
        await _driver.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<IReadOnlyList<object?>>> SayableAsync(
        Func<IAsyncSession, Func<IAsyncQueryRunner, Task<IReadOnlyList<IReadOnlyList<object?>>>>, Task<IReadOnlyList<IReadOnlyList<object?>>>> run,
        string statement,
        IReadOnlyDictionary<string, object?> parameters,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!_reached)
            {
                await _driver.VerifyConnectivityAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
                _reached = true;
            }

            // The driver knows no cancellation: a statement that nobody waits for any longer runs on, and is rolled back at its end.
            return await RunAsync(run, statement, parameters, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Neo4jException failed) when (failed is ServiceUnavailableException or SessionExpiredException or ConnectionReadTimeoutException || string.IsNullOrEmpty(failed.Code))
        {
            throw ServerRefusal.Unusable(_place, failed);
        }
        catch (Neo4jException refused)
        {
            throw ServerRefusal.Of(_place, _options, refused.Code, refused);
        }
        catch (Exception failed) when (failed is IOException or System.Net.Sockets.SocketException or TimeoutException || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw ServerRefusal.Unusable(_place, failed);
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<object?>>> RunAsync(
        Func<IAsyncSession, Func<IAsyncQueryRunner, Task<IReadOnlyList<IReadOnlyList<object?>>>>, Task<IReadOnlyList<IReadOnlyList<object?>>>> run,
        string statement,
        IReadOnlyDictionary<string, object?> parameters,
        CancellationToken cancellationToken)
    {
        var session = _driver.AsyncSession(Session);
        await using (session.ConfigureAwait(false))
        {
            return await run(session, transaction => RowsAsync(transaction, statement, parameters, cancellationToken)).ConfigureAwait(false);
        }
    }

    private void Session(SessionConfigBuilder builder)
    {
        builder.WithBookmarkManager(_seen);
        if (_place.Database is { } database)
        {
            builder.WithDatabase(database);
        }
    }

    private static async Task<IReadOnlyList<IReadOnlyList<object?>>> RowsAsync(
        IAsyncQueryRunner transaction, string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var cursor = await transaction.RunAsync(statement, parameters.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)).ConfigureAwait(false);
        var rows = new List<IReadOnlyList<object?>>();
        while (await cursor.FetchAsync().ConfigureAwait(false))
        {
            var record = cursor.Current;
            rows.Add([.. record.Keys.Select(name => record[name])]);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return rows;
    }
}
