using IdentityGraph.Bolt;
using IdentityGraph.Stores.Neo4j.Asking;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>A server over our own Bolt client.</summary>
internal sealed class BoltCypherServer(Neo4jPlace address, StoreOptions options) : ICypherServer
{
    /// <summary>A server that says nothing of it is given up after that: a stalled one must not hold up a gate for ever.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(3);

    private static readonly TransactionOptions s_repeatable = new() { Repeatable = true };

    private readonly BoltClient _client = new(address.Server, OptionsOf(options, BoltLimits.Default));

    private readonly Lock _lock = new();
    private IReadOnlyCollection<string> _seen = [];
    private bool _reached;

    public string Address => address.Server;

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken) =>
        SayableAsync(_client, session => session.ReadAsync((transaction, token) => RowsAsync(transaction, statement, parameters, token), s_repeatable, cancellationToken), null, cancellationToken);

    public Task<IReadOnlyList<IReadOnlyList<object?>>> WriteAsync(string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken) =>
        SayableAsync(_client, session => session.WriteAsync((transaction, token) => RowsAsync(transaction, statement, parameters, token), s_repeatable, cancellationToken), null, cancellationToken);

    public async Task<CypherRows> QueryAsync(CypherQuestion question, CancellationToken cancellationToken)
    {
        var client = new BoltClient(address.Server, OptionsOf(options, ReadOnlyQuery.Limits(question)));
        await using (client.ConfigureAwait(false))
        {
            return await SayableAsync(client, session => ReadOnlyQuery.RunAsync(session, question, cancellationToken), ReadOnlyQuery.Session(address.Database), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static BoltOptions OptionsOf(StoreOptions options, BoltLimits limits) => new()
    {
        Authentication = options.Credentials is { } credentials ? BoltAuthentication.Basic(credentials.User, credentials.Password) : BoltAuthentication.None,
        UserAgent = "IdentityGraph",
        Retry = new RetryOptions { MaxTime = options.TryFor },
        ReceiveTimeout = s_silence,
        Limits = limits,
    };

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

    private async Task<T> SayableAsync<T>(BoltClient client, Func<BoltSession, Task<T>> work, SessionOptions? inSession, CancellationToken cancellationToken)
    {
        try
        {
            // A wrong address is said at once; only a server that was there is waited for.
            if (!_reached)
            {
                await client.ConnectAsync(address.Database, cancellationToken).ConfigureAwait(false);
                _reached = true;
            }

            var seen = Seen();
            await using var session = client.OpenSession((inSession ?? new SessionOptions { Database = address.Database }) with { Bookmarks = seen });
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
