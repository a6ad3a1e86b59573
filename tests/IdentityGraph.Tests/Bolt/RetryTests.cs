using IdentityGraph.Bolt;
using IdentityGraph.Tests.Clocks;

namespace IdentityGraph.Tests.Bolt;

/// <summary>What is run again, how long is waited, and what never is.</summary>
public sealed class RetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Codes() => new()
    {
        { "Neo.TransientError.Transaction.DeadlockDetected", true },
        { "Neo.TransientError.General.DatabaseUnavailable", true },
        { "Neo.ClientError.Cluster.NotALeader", true },
        { "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", true },
        { "Neo.ClientError.Security.AuthorizationExpired", true },
        { "Neo.TransientError.Transaction.Terminated", false },
        { "Neo.TransientError.Transaction.LockClientStopped", false },
        { "Neo.ClientError.Statement.SyntaxError", false },
        { "Neo.DatabaseError.General.UnknownError", false },
        { "Neo.ClientError.Security.Forbidden", false },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Only_what_may_pass_is_run_again(string code, bool again)
    {
        var time = new ManualTime();
        var failing = async (PeerConnection connection) =>
        {
            await connection.WelcomeAsync();
            await FailOnceAsync(connection, code);
        };
        await using var peer = ScriptedPeer.Start(failing, async connection =>
        {
            await connection.WelcomeAsync();
            await SucceedOnceAsync(connection);
            await connection.KeepAsync();
        });
        await using var client = peer.Client(new() { TimeProvider = time, Random = new NoChance() });
        await using var session = client.OpenSession();
        var working = session.WriteAsync((transaction, token) => transaction.ExecuteAsync("CREATE ()", token), cancellationToken: Token);
        if (!again)
        {
            Assert.Equal(code.Replace("Neo.TransientError", "Neo.ClientError", StringComparison.Ordinal), (await Assert.ThrowsAsync<BoltServerException>(() => working)).Code);
            return;
        }

        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        await working;

        // The connection is closed by the peer after its failure, so both tries were on connections of their own.
        async Task FailOnceAsync(PeerConnection connection, string refused)
        {
            await connection.HearAllAsync("BEGIN", "RUN", "PULL");
            await connection.SucceedAsync();
            await connection.FailAsync(refused);
            await connection.IgnoreAsync();
        }
    }

    [Fact]
    public async Task Waits_double_and_end_before_the_limit_is_passed()
    {
        var time = new ManualTime();
        var tries = 0;
        await using var client = new BoltClient("bolt://127.0.0.1:1", new() { TimeProvider = time, Random = new NoChance() });
        await using var session = client.OpenSession();
        var working = session.ReadAsync<int>((_, _) => throw Count(), cancellationToken: Token);
        foreach (var wait in new[] { 1, 2, 4, 8 })
        {
            await time.UntilAwaitedAsync(TimeSpan.FromSeconds(wait));
            time.Advance(TimeSpan.FromSeconds(wait));
        }

        await Assert.ThrowsAsync<BoltConnectionException>(() => working); // 15 s are gone, and the next wait of 16 s would pass 30
        Assert.Equal(0, tries);

        BoltConnectionException Count()
        {
            tries++;
            return new("never reached: there is no server");
        }
    }

    [Theory]
    [InlineData(0.0, 800)]
    [InlineData(0.5, 1000)]
    [InlineData(0.9999999999, 1200)]
    public void A_wait_is_a_fifth_shorter_or_longer_by_chance(double drawn, double milliseconds) =>
        Assert.Equal(milliseconds, new RetryOptions().DelayAfter(1, new NoChance(drawn)).TotalMilliseconds, 3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_that_may_have_happened_is_run_again_only_where_that_does_no_harm(bool repeatable)
    {
        var time = new ManualTime();
        await using var peer = ScriptedPeer.Start(
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.HearAllAsync("BEGIN", "RUN", "PULL");
                await connection.SucceedAsync();
                await connection.SucceedAsync(("fields", Array.Empty<string>()));
                await connection.SucceedAsync();
                await connection.HearAsync("COMMIT");
            },
            async connection =>
            {
                await connection.WelcomeAsync();
                await SucceedOnceAsync(connection);
                await connection.KeepAsync();
            });
        await using var client = peer.Client(new() { TimeProvider = time, Random = new NoChance() });
        await using var session = client.OpenSession();
        var working = session.WriteAsync((transaction, token) => transaction.ExecuteAsync("MERGE (:N {id: 1})", token), new() { Repeatable = repeatable }, Token);
        if (repeatable)
        {
            await time.UntilAwaitedAsync(TimeSpan.FromSeconds(1));
            time.Advance(TimeSpan.FromSeconds(1));
            await working;
            Assert.Equal(["after the second"], session.Bookmarks);
        }
        else
        {
            Assert.IsType<BoltConnectionException>((await Assert.ThrowsAsync<BoltCommitUnknownException>(() => working)).InnerException);
            Assert.Equal(1, peer.Connections);
        }
    }

    [Fact]
    public async Task A_commit_that_the_server_refused_did_not_happen_and_is_run_again_if_that_may_pass()
    {
        var time = new ManualTime();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            await connection.HearAllAsync("BEGIN", "RUN", "PULL");
            await connection.SucceedAsync();
            await connection.SucceedAsync(("fields", Array.Empty<string>()));
            await connection.SucceedAsync();
            await connection.HearAsync("COMMIT");
            await connection.FailAsync("Neo.TransientError.Transaction.Outdated");
            await connection.HearAsync("RESET");
            await connection.SucceedAsync();
            await SucceedOnceAsync(connection);
            await connection.KeepAsync();
        });
        await using var client = peer.Client(new() { TimeProvider = time, Random = new NoChance() });
        await using var session = client.OpenSession();
        var working = session.WriteAsync((transaction, token) => transaction.ExecuteAsync("CREATE ()", token), cancellationToken: Token);
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        await working;
    }

    [Fact]
    public async Task A_wait_between_tries_is_cancelled()
    {
        var time = new ManualTime();
        await using var client = new BoltClient("bolt://127.0.0.1:1", new() { TimeProvider = time, Random = new NoChance() });
        await using var session = client.OpenSession();
        using var stopping = new CancellationTokenSource();
        var working = session.ReadAsync((_, _) => Task.FromResult(1), cancellationToken: stopping.Token);
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(1));
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
    }

    private static async Task SucceedOnceAsync(PeerConnection connection)
    {
        await connection.HearAllAsync("BEGIN", "RUN", "PULL");
        await connection.SucceedAsync();
        await connection.SucceedAsync(("fields", Array.Empty<string>()));
        await connection.SucceedAsync();
        await connection.HearAsync("COMMIT");
        await connection.SucceedAsync(("bookmark", "after the second"));
    }
}
