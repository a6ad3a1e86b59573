using System.Diagnostics;
using IdentityGraph.Bolt;
using IdentityGraph.Tests.Clocks;

namespace IdentityGraph.Tests.Bolt;

/// <summary>After a cancellation the connection is in order or closed, and the server has stopped.</summary>
public sealed class CancellationTests(Neo4jServer neo4j)
{
    private const string Endless = "UNWIND range(1, 1000000000000) AS i WITH i WHERE i < 0 RETURN count(i)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_that_never_ends_is_stopped_on_the_server_and_the_connection_used_again()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1, ResetTimeout = TimeSpan.FromSeconds(60) });
        await using var session = client.OpenSession();
        var connection = await ConnectionAsync(session);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.ExecuteAsync(Endless, cancellationToken: soon.Token));

        Assert.Equal(connection, await ConnectionAsync(session));
        await using var running = await session.RunAsync("SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range(1, 1000000000000)' RETURN currentQuery", cancellationToken: Token);
        Assert.Equal(0, await running.CountAsync(Token));
    }

    [Fact]
    public async Task Reading_that_is_broken_off_anywhere_leaves_the_session_usable()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1, FetchSize = 100 });
        await using var session = client.OpenSession();
        for (var stop = 1; stop < 600; stop += 97)
        {
            using var stopping = new CancellationTokenSource();
            var read = 0;
            var result = await session.RunAsync("UNWIND range(1, 100000) AS i RETURN i", cancellationToken: stopping.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var _ in result.WithCancellation(stopping.Token))
                {
                    if (++read == stop)
                    {
                        await stopping.CancelAsync();
                    }
                }
            });
            Assert.InRange(read, stop, 99_999);
            await using var next = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
            Assert.Equal(1, (await next.SingleAsync(Token)).Get<int>("one"));
        }
    }

    [Fact]
    public async Task A_result_left_early_is_passed_over_and_its_writes_happen()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1, FetchSize = 10 });
        await using var session = client.OpenSession();
        var label = $"Bolt{Guid.NewGuid():N}";
        await using (var result = await session.RunAsync($"UNWIND range(1, 5000) AS i CREATE (n:{label}) RETURN i", cancellationToken: Token))
        {
            await foreach (var record in result.WithCancellation(Token))
            {
                if (record.Get<int>(0) == 3)
                {
                    break;
                }
            }
        }

        await using var counted = await session.RunAsync($"MATCH (n:{label}) RETURN count(n) AS n", cancellationToken: Token);
        Assert.Equal(5000, (await counted.SingleAsync(Token)).Get<int>("n"));
    }

    [Fact]
    public async Task A_cancelled_transaction_is_rolled_back()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1, ResetTimeout = TimeSpan.FromSeconds(60) });
        await using var session = client.OpenSession();
        var label = $"Bolt{Guid.NewGuid():N}";
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.WriteAsync(
            async (transaction, token) =>
            {
                await transaction.ExecuteAsync($"CREATE (:{label})", Token);
                await transaction.ExecuteAsync(Endless, token);
            },
            cancellationToken: soon.Token));
        await using var counted = await session.RunAsync($"MATCH (n:{label}) RETURN count(n) AS n", cancellationToken: Token);
        Assert.Equal(0, (await counted.SingleAsync(Token)).Get<int>("n"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_the_reset_loses_the_connection_and_the_next_statement_gets_another()
    {
        var time = new ManualTime();
        await using var peer = ScriptedPeer.Start(
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.HearAllAsync("RUN", "PULL", "RESET");
                Assert.Equal(0, await connection.Stream.ReadAsync(new byte[1]));
            },
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.AnswerOneAsync();
                await connection.KeepAsync();
            });
        await using var client = peer.Client(new() { MaxConnections = 1, TimeProvider = time, ResetTimeout = TimeSpan.FromSeconds(3) });
        await using var session = client.OpenSession();
        using var stopping = new CancellationTokenSource();
        var running = session.RunAsync("RETURN 1 AS one", cancellationToken: stopping.Token);
        await UntilAsync(() => peer.Heard.Contains("PULL"));
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        var next = session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1, await (await next).CountAsync(Token));
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_cancellation_is_not_taken_for_the_next()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            await connection.HearAllAsync("RUN", "PULL", "RESET");
            await connection.SucceedAsync(("fields", new[] { "one" }));
            await connection.RecordAsync("of the cancelled statement");
            await connection.IgnoreAsync();
            await connection.SucceedAsync();
            await connection.AnswerOneAsync("of the next");
            await connection.KeepAsync();
        });
        await using var client = peer.Client(new() { MaxConnections = 1 });
        await using var session = client.OpenSession();
        using var stopping = new CancellationTokenSource();
        var running = session.RunAsync("RETURN 1 AS one", cancellationToken: stopping.Token);
        await UntilAsync(() => peer.Heard.Contains("PULL"));
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        await using var next = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        Assert.Equal("of the next", (await next.SingleAsync(Token)).Get<string>("one"));
    }

    [Fact]
    public async Task Connecting_is_cancelled_and_runs_out_of_time()
    {
        var time = new ManualTime();
        await using var peer = ScriptedPeer.Start(Silent, Silent);
        await using var client = peer.Client(new() { TimeProvider = time, ConnectTimeout = TimeSpan.FromSeconds(9) });
        using var stopping = new CancellationTokenSource();
        var cancelled = client.ConnectAsync(stopping.Token);
        await UntilAsync(() => peer.Connections == 1);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        var late = client.ConnectAsync(Token);
        await UntilAsync(() => peer.Connections == 2);
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(9));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Contains("within 9 s", (await Assert.ThrowsAsync<BoltConnectionException>(() => late)).Message, StringComparison.Ordinal);

        static async Task Silent(PeerConnection connection)
        {
            await connection.Stream.ReadExactlyAsync(new byte[20]);
            Assert.Equal(0, await connection.Stream.ReadAsync(new byte[1]));
        }
    }

    [Fact]
    public async Task A_server_that_never_stops_sending_is_stopped_listening_to()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            await connection.HearAllAsync("RUN", "PULL");
            var flood = new byte[1 << 16]; // signs of life, and nothing else
            while (true)
            {
                await connection.SendAsync(flood);
            }
        });
        await using var client = peer.Client(new() { ResetTimeout = TimeSpan.FromMilliseconds(300) });
        await using var session = client.OpenSession();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.RunAsync("RETURN 1 AS one", cancellationToken: soon.Token));
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var clock = Stopwatch.StartNew(); !holds(); await Task.Delay(5, Token))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "what was waited for did not happen within a minute");
        }
    }

    private static async Task<string> ConnectionAsync(BoltSession session)
    {
        await using var result = await session.RunAsync("SHOW TRANSACTIONS YIELD connectionId, currentQuery WHERE currentQuery CONTAINS 'connectionId' RETURN connectionId", cancellationToken: Token);
        return (await result.FirstAsync(Token)).Get<string>("connectionId");
    }
}
