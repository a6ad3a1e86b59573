using IdentityGraph.Bolt;
using IdentityGraph.Tests.Clocks;

namespace IdentityGraph.Tests.Bolt;

/// <summary>How many connections there are, how old they get, and who notices that one died.</summary>
public sealed class PoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_is_used_again_and_said_goodbye_to()
    {
        await using var peer = ScriptedPeer.Start(KeepAnswering);
        await using (var client = peer.Client())
        {
            await RunOneAsync(client);
            await RunOneAsync(client);
        }

        await UntilHeardAsync(peer, "GOODBYE");
        Assert.Equal(["HELLO", "LOGON", "RUN", "PULL", "RUN", "PULL", "GOODBYE"], peer.Heard);
    }

    [Fact]
    public async Task Who_comes_when_all_are_busy_waits_and_then_says_what_to_do()
    {
        var time = new ManualTime();
        await using var peer = ScriptedPeer.Start(KeepAnswering);
        await using var client = peer.Client(new() { MaxConnections = 1, TimeProvider = time });
        await using var first = client.OpenSession();
        var busy = await first.RunAsync("RETURN 1 AS one", cancellationToken: Token);

        var waiting = RunOneAsync(client);
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(60));
        await busy.ConsumeAsync(Token);
        await waiting;

        var again = await first.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        var late = RunOneAsync(client);
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(60));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Contains("MaxConnections", (await Assert.ThrowsAsync<BoltPoolException>(() => late)).Message, StringComparison.Ordinal);
        await again.ConsumeAsync(Token);
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task A_connection_older_than_its_lifetime_is_replaced_and_one_just_as_old_is_not()
    {
        var time = new ManualTime();
        await using var peer = ScriptedPeer.Start(KeepAnswering, KeepAnswering);
        await using var client = peer.Client(new() { TimeProvider = time, LivenessCheckAfter = TimeSpan.FromDays(1) });
        await RunOneAsync(client);
        time.Advance(TimeSpan.FromHours(1));
        await RunOneAsync(client);
        Assert.Equal(1, peer.Connections);
        time.Advance(TimeSpan.FromTicks(1));
        await RunOneAsync(client);
        Assert.Equal(2, peer.Connections);
    }

    [Fact]
    public async Task A_connection_idle_for_long_is_asked_whether_it_lives()
    {
        var time = new ManualTime();
        await using var peer = ScriptedPeer.Start(KeepAnswering);
        await using var client = peer.Client(new() { TimeProvider = time });
        await RunOneAsync(client);
        time.Advance(TimeSpan.FromMinutes(1));
        await RunOneAsync(client);
        Assert.DoesNotContain("RESET", peer.Heard);
        time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(1));
        await RunOneAsync(client);
        Assert.Equal(1, peer.Heard.Count(message => message == "RESET"));
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task One_that_died_while_idle_is_replaced_without_a_word()
    {
        var time = new ManualTime();
        await using var peer = ScriptedPeer.Start(
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.AnswerOneAsync();
            },
            KeepAnswering);
        await using var client = peer.Client(new() { TimeProvider = time });
        await RunOneAsync(client);
        time.Advance(TimeSpan.FromMinutes(2));
        await RunOneAsync(client);
        Assert.Equal(2, peer.Connections);
    }

    [Fact]
    public async Task Rights_that_ran_out_close_every_connection_made_before()
    {
        await using var peer = ScriptedPeer.Start(
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.AnswerOneAsync();
                await connection.HearAsync("GOODBYE");
            },
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.HearAllAsync("RUN", "PULL");
                await connection.FailAsync("Neo.ClientError.Security.AuthorizationExpired");
                await connection.IgnoreAsync();
                Assert.Equal(0, await connection.Stream.ReadAsync(new byte[1]));
            },
            KeepAnswering);
        await using var client = peer.Client();
        await using var first = client.OpenSession();
        var held = await first.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        await using var second = client.OpenSession();
        var refused = await Assert.ThrowsAsync<BoltServerException>(() => second.RunAsync("RETURN 1 AS one", cancellationToken: Token));
        Assert.True(refused.IsRetryable);
        await held.ConsumeAsync(Token);

        await RunOneAsync(client);
        Assert.Equal(3, peer.Connections);
    }

    [Fact]
    public async Task A_server_silent_for_longer_than_it_said_is_given_up_and_signs_of_life_are_not_silence()
    {
        var time = new ManualTime();
        var silence = TimeSpan.FromSeconds(10);
        var alive = new SemaphoreSlim(0);
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync(silence: 10);
            await connection.HearAllAsync("RUN", "PULL");
            for (var i = 0; i < 3; i++)
            {
                await alive.WaitAsync(Token);
                await connection.SendAsync([0, 0]);
            }

            await alive.WaitAsync(Token);
            await connection.SucceedAsync(("fields", new[] { "one" }));
            Assert.Equal(0, await connection.Stream.ReadAsync(new byte[1]));
        });
        await using var client = peer.Client(new() { TimeProvider = time });
        await using var session = client.OpenSession();
        var running = session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        for (var i = 0; i < 4; i++)
        {
            await time.UntilAwaitedAsync(silence);
            time.Advance(silence - TimeSpan.FromSeconds(1));
            alive.Release();
        }

        var result = await running;
        var reading = result.CountAsync(Token).AsTask();
        await time.UntilAwaitedAsync(silence);
        time.Advance(silence);
        Assert.Contains("silent for 10 s", (await Assert.ThrowsAsync<BoltConnectionException>(() => reading)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_was_disposed_takes_nothing_more()
    {
        await using var peer = ScriptedPeer.Start(KeepAnswering);
        var client = peer.Client();
        await RunOneAsync(client);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ConnectAsync(Token));
    }

    private static async Task KeepAnswering(PeerConnection connection)
    {
        await connection.WelcomeAsync();
        while (await connection.HearAsync() is { Name: not "GOODBYE" } message)
        {
            if (message.Name == "RUN")
            {
                await connection.HearAsync("PULL");
                await connection.SucceedAsync(("fields", new[] { "one" }));
                await connection.RecordAsync(1L);
            }

            await connection.SucceedAsync();
        }
    }

    private static async Task RunOneAsync(BoltClient client)
    {
        await using var session = client.OpenSession();
        await using var result = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        Assert.Equal(1, (await result.SingleAsync(Token)).Get<int>("one"));
    }

    private static async Task UntilHeardAsync(ScriptedPeer peer, string message)
    {
        for (var i = 0; !peer.Heard.Contains(message); i++)
        {
            Assert.True(i < 6_000, $"{message} was not heard within a minute");
            await Task.Delay(10, Token);
        }
    }
}
