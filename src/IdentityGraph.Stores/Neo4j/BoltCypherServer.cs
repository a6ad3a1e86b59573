using IdentityGraph.Bolt;
using IdentityGraph.Stores.Neo4j.Asking;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>A server over our own Bolt client.</summary>
internal sealed class BoltCypherServer(Neo4jPlace address, StoreOptions options) : ICypherServer
{
    private static readonly TransactionOptions s_repeatable = new() { Repeatable = true };

    private readonly BoltClient _client = new(address.Server, new BoltOptions
    {
        Authentication = options.Credentials is { } credentials ? BoltAuthentication.Basic(credentials.User, credentials.Password) : BoltAuthentication.None,
        UserAgent = "IdentityGraph",
        Retry = new RetryOptions { MaxTime = options.TryFor },
    });

    private readonly Lock _lock = new();
    private IReadOnlyCollection<string> _seen = [];
    private bool _reached;

    public string Address => address.Server;

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken) =>
        SayableAsync(session => session.ReadAsync((transaction, token) => RowsAsync(transaction, statement, parameters, token), s_repeatable, cancellationToken), null, cancellationToken);

    public Task<IReadOnlyList<IReadOnlyList<object?>>> WriteAsync(string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken) =>
        SayableAsync(session => session.WriteAsync((transaction, token) => RowsAsync(transaction, statement, parameters, token), s_repeatable, cancellationToken), null, cancellationToken);

    public Task<CypherRows> QueryAsync(CypherQuestion question, CancellationToken cancellationToken) =>
        SayableAsync(session => ReadOnlyQuery.RunAsync(session, question, cancellationToken), ReadOnlyQuery.Session(address.Database), cancellationToken);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static async Task<IReadOnlyList<IReadOnlyList<object?>>> RowsAsync(BoltTransaction transaction, string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        var written = new BoltParameters();
        foreach (var (name, value) in parameters)
        {
            written[name] = value;
        }

        await using var result = await transaction.RunAsync(new BoltQuery(statement, written), cancellationToken).ConfigureAwait(false);
        var rows = new List<IReadOnlyList<object?>>();
        await foreach (var record in result.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(record.Values);
        }

        return rows;
    }

    private async Task<T> SayableAsync<T>(Func<BoltSession, Task<T>> work, SessionOptions? inSession, CancellationToken cancellationToken)
    {
        try
        {
            // A wrong address is said at once; only a server that was there is waited for.
            if (!_reached)
            {
                await _client.ConnectAsync(address.Database, cancellationToken).ConfigureAwait(false);
                _reached = true;
            }

            var seen = Seen();
            await using var session = _client.OpenSession((inSession ?? new SessionOptions { Database = address.Database }) with { Bookmarks = seen });
            var found = await work(session).ConfigureAwait(false);
            See(seen, session.Bookmarks);
            return found;
        }
        catch (BoltServerException refused)
        {
            throw ServerRefusal.Of(address, options, refused.Code, refused);
        }
        catch (BoltException failed)
        {
            throw ServerRefusal.Unusable(address, failed);
        }
    }

    /// <summary>What the store saw and did so far: whichever member of a cluster is asked next must have come as far.</summary>
    private IReadOnlyCollection<string> Seen()
    {
        lock (_lock)
        {
            return _seen;
        }
    }

    private void See(IReadOnlyCollection<string> before, IReadOnlyCollection<string> after)
    {
        lock (_lock)
        {
            _seen = [.. _seen.Except(before).Union(after)];
        }
    }
}
