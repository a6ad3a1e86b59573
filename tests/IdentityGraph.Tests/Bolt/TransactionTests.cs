using IdentityGraph.Bolt;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Sessions and transactions on a real server.</summary>
public sealed class TransactionTests(Neo4jServer neo4j)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_committed_is_seen_by_whoever_has_the_bookmark_and_what_was_rolled_back_by_nobody()
    {
        await using var client = await neo4j.ClientAsync();
        var label = Label();
        await using var writer = client.OpenSession();
        await using (var kept = await writer.BeginAsync(cancellationToken: Token))
        {
            Assert.Equal(1, (await kept.ExecuteAsync($"CREATE (:{label} {{name: 'kept'}})", Token)).Counters["nodes-created"]);
            await kept.CommitAsync(Token);
        }

        await using (var dropped = await writer.BeginAsync(cancellationToken: Token))
        {
            await dropped.ExecuteAsync($"CREATE (:{label} {{name: 'dropped'}})", Token);
        }

        await using (var rolledBack = await writer.BeginAsync(cancellationToken: Token))
        {
            await rolledBack.ExecuteAsync($"CREATE (:{label} {{name: 'rolled back'}})", Token);
            await rolledBack.RollbackAsync(Token);
            await Assert.ThrowsAsync<InvalidOperationException>(() => rolledBack.CommitAsync(Token));
        }

        Assert.Single(writer.Bookmarks);
        await using var reader = client.OpenSession(new() { Mode = AccessMode.Read, Bookmarks = writer.Bookmarks });
        Assert.Equal(["kept"], await NamesAsync(reader, label));
    }

    [Fact]
    public async Task Several_results_of_one_transaction_are_read_in_turns()
    {
        await using var client = await neo4j.ClientAsync(new() { FetchSize = 7 });
        await using var session = client.OpenSession();
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        var low = await transaction.RunAsync("UNWIND range(1, 50) AS i RETURN i", Token);
        var high = await transaction.RunAsync("UNWIND range(101, 150) AS i RETURN i", Token);
        List<(long, long)> pairs = [];
        await foreach (var (one, other) in low.Zip(high).WithCancellation(Token))
        {
            pairs.Add((one.Get<long>("i"), other.Get<long>("i")));
        }

        Assert.Equal(Enumerable.Range(1, 50).Select(i => ((long)i, 100L + i)), pairs);
        await transaction.CommitAsync(Token);
    }

    [Fact]
    public async Task A_commit_passes_over_what_was_not_read()
    {
        await using var client = await neo4j.ClientAsync(new() { FetchSize = 5, MaxConnections = 1 });
        var label = Label();
        await using var session = client.OpenSession();
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        await transaction.RunAsync($"UNWIND range(1, 1000) AS i CREATE (n:{label} {{name: toString(i)}}) RETURN n.name", Token);
        await transaction.CommitAsync(Token);
        Assert.Equal(1000, (await NamesAsync(session, label)).Count);
    }

    [Fact]
    public async Task Many_statements_go_out_together_and_a_failure_among_them_is_told()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1 });
        var label = Label();
        await using var session = client.OpenSession();
        await using (var transaction = await session.BeginAsync(cancellationToken: Token))
        {
            for (var i = 0; i < 100; i++)
            {
                transaction.Queue(new($"CREATE (:{label} {{name: $name}})", new BoltParameters { ["name"] = $"{i:000}" }));
            }

            await transaction.CommitAsync(Token);
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i:000}"), await NamesAsync(session, label));

        await using (var failing = await session.BeginAsync(cancellationToken: Token))
        {
            failing.Queue($"CREATE (:{label} {{name: 'before'}})");
            failing.Queue("CREATE (:Not valid)");
            failing.Queue($"CREATE (:{label} {{name: 'after'}})");
            Assert.Equal("Neo.ClientError.Statement.SyntaxError", (await Assert.ThrowsAsync<BoltServerException>(() => failing.CommitAsync(Token))).Code);
        }

        Assert.Equal(100, (await NamesAsync(session, label)).Count);
    }

    [Fact]
    public async Task After_a_failure_a_transaction_can_only_be_rolled_back_and_the_session_goes_on()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1 });
        await using var session = client.OpenSession();
        await using (var transaction = await session.BeginAsync(cancellationToken: Token))
        {
            await Assert.ThrowsAsync<BoltServerException>(() => transaction.RunAsync("nonsense", Token));
            Assert.Contains("failed earlier", (await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.RunAsync("RETURN 1", Token))).Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync(Token));
        }

        Assert.Equal(1, await (await session.RunAsync("RETURN 1", cancellationToken: Token)).CountAsync(Token));
    }

    [Fact]
    public async Task A_session_that_reads_may_not_write()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession(new() { Mode = AccessMode.Read });
        var refused = await Assert.ThrowsAsync<BoltServerException>(() => session.ExecuteAsync("CREATE (:BoltNever)", cancellationToken: Token));
        Assert.Equal("Neo.ClientError.Statement.AccessMode", refused.Code);
        await Assert.ThrowsAsync<BoltServerException>(() => session.ReadAsync((transaction, token) => transaction.ExecuteAsync("CREATE (:BoltNever)", token), cancellationToken: Token));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named_with_the_first_statement()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession(new() { Database = "nowhere" });
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        var refused = await Assert.ThrowsAsync<BoltServerException>(() => transaction.RunAsync("RETURN 1", Token));
        Assert.Contains("nowhere", refused.Message, StringComparison.Ordinal);

        await using var other = client.OpenSession(new() { Database = "neo4j" });
        Assert.Equal("neo4j", (await other.ExecuteAsync("RETURN 1", cancellationToken: Token)).Database);
    }

    [Fact]
    public async Task Metadata_stands_beside_the_transaction_and_its_time_runs_out()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession();
        var options = new TransactionOptions { Timeout = TimeSpan.FromMinutes(5), Metadata = new Dictionary<string, object?> { ["purpose"] = "bolt-test" } };
        await using var listed = await session.RunAsync("SHOW TRANSACTIONS YIELD metaData WHERE metaData.purpose = 'bolt-test' RETURN metaData.purpose AS purpose", options, Token);
        Assert.Equal("bolt-test", (await listed.SingleAsync(Token)).Get<string>("purpose"));

        var late = await Assert.ThrowsAsync<BoltServerException>(() => session.ExecuteAsync("UNWIND range(1, 1000000000000) AS i WITH i WHERE i < 0 RETURN count(i)", options with { Timeout = TimeSpan.FromMilliseconds(400) }, Token));
        Assert.StartsWith("Neo.ClientError.Transaction.TransactionTimedOut", late.Code, StringComparison.Ordinal);
        Assert.False(late.IsRetryable);
    }

    [Fact]
    public async Task Acting_as_somebody_the_server_does_not_know_is_refused()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession(new() { ImpersonatedUser = "nobody-here" });
        await Assert.ThrowsAnyAsync<BoltServerException>(() => session.ExecuteAsync("RETURN 1", cancellationToken: Token));
    }

    [Fact]
    public async Task A_session_signs_in_as_somebody_else_on_the_same_connection()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1 });
        var name = Label().ToLowerInvariant();
        await using (var admin = client.OpenSession(new() { Database = "system" }))
        {
            await admin.ExecuteAsync(new($"CREATE USER {name} SET PASSWORD $password CHANGE NOT REQUIRED", new BoltParameters { ["password"] = "another-password" }), cancellationToken: Token);
        }

        await using (var other = client.OpenSession(new() { Authentication = BoltAuthentication.Basic(name, "another-password") }))
        {
            Assert.Equal(name, await WhoAsync(other));
        }

        await using (var first = client.OpenSession())
        {
            Assert.NotEqual(name, await WhoAsync(first));
        }

        await using (var refused = client.OpenSession(new() { Authentication = BoltAuthentication.Basic(name, "wrong") }))
        {
            await Assert.ThrowsAsync<BoltAuthenticationException>(() => WhoAsync(refused));
        }

        await using var again = client.OpenSession(new() { Database = "system" });
        await again.ExecuteAsync($"DROP USER {name}", cancellationToken: Token);
    }

    [Fact]
    public async Task Two_writers_that_lock_each_other_out_both_come_through()
    {
        await using var client = await neo4j.ClientAsync(new() { Retry = new() { InitialDelay = TimeSpan.FromMilliseconds(20) } });
        var label = Label();
        await using (var session = client.OpenSession())
        {
            await session.ExecuteAsync($"CREATE (:{label} {{name: 'a', n: 0}}), (:{label} {{name: 'b', n: 0}})", cancellationToken: Token);
        }

        var (tries, bothHold) = (0, new Barrier(2));
        Task WriteAsync(string first, string second) => Task.Run(
            async () =>
            {
                await using var session = client.OpenSession();
                var mine = 0;
                await session.WriteAsync(
                    async (transaction, token) =>
                    {
                        Interlocked.Increment(ref tries);
                        await transaction.ExecuteAsync(new($"MATCH (n:{label} {{name: $name}}) SET n.n = n.n + 1", new BoltParameters { ["name"] = first }), token);
                        if (mine++ == 0)
                        {
                            bothHold.SignalAndWait(TimeSpan.FromSeconds(30), token);
                        }

                        await transaction.ExecuteAsync(new($"MATCH (n:{label} {{name: $name}}) SET n.n = n.n + 1", new BoltParameters { ["name"] = second }), token);
                    },
                    cancellationToken: Token);
            },
            Token);
        await Task.WhenAll(WriteAsync("a", "b"), WriteAsync("b", "a"));

        Assert.True(tries > 2, "neither was a deadlock's victim");
        await using var reader = client.OpenSession();
        await using var result = await reader.RunAsync($"MATCH (n:{label}) RETURN n.n AS n", cancellationToken: Token);
        Assert.Equal([2, 2], await result.Select(record => record.Get<int>("n")).ToListAsync(Token));
    }

    [Fact]
    public async Task A_session_does_one_thing_at_a_time_and_says_so()
    {
        await using var client = await neo4j.ClientAsync(new() { FetchSize = 1 });
        await using var session = client.OpenSession();
        await using (await session.RunAsync("UNWIND range(1, 5) AS i RETURN i", cancellationToken: Token))
        {
            Assert.Contains("finish or dispose", (await Assert.ThrowsAsync<InvalidOperationException>(() => session.RunAsync("RETURN 1", cancellationToken: Token))).Message, StringComparison.Ordinal);
        }

        await using var next = await session.RunAsync("RETURN 1", cancellationToken: Token);
        Assert.Equal(1, await next.CountAsync(Token));
    }

    private static async Task<string> WhoAsync(BoltSession session)
    {
        await using var result = await session.RunAsync("SHOW CURRENT USER YIELD user RETURN user", cancellationToken: Token);
        return (await result.SingleAsync(Token)).Get<string>("user");
    }

    private static async Task<List<string>> NamesAsync(BoltSession session, string label)
    {
        await using var result = await session.RunAsync($"MATCH (n:{label}) RETURN n.name AS name ORDER BY name", cancellationToken: Token);
        return await result.Select(record => record.Get<string>("name")).ToListAsync(Token);
    }

    /// <summary>A label of one's own for each test: all share one server.</summary>
    private static string Label() => $"Bolt{Guid.NewGuid():N}";
}
