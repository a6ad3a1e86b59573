using IdentityGraph.Bolt;
using IdentityGraph.Bolt.Connecting;
using IdentityGraph.Tests.Clocks;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Which member of a cluster is asked. A cluster of several is played by scripted peers; the real server is its own cluster of one.</summary>
public sealed class RoutingTests(Neo4jServer neo4j)
{
    private const string Nowhere = "127.0.0.1:1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_writes_goes_to_the_leader_and_what_reads_is_spread_over_the_readers()
    {
        await using var cluster = new Cluster(3);
        cluster.Table = Table(write: [0], read: [1, 2], route: [0], cluster);
        await using var client = cluster.Client();
        await using var one = client.OpenSession(new() { Mode = AccessMode.Read });
        await using var other = client.OpenSession(new() { Mode = AccessMode.Read });

        var first = await one.RunAsync("RETURN 1", cancellationToken: Token);
        var second = await other.RunAsync("RETURN 1", cancellationToken: Token);

        Assert.Equal([1, 2], new[] { await WhoAsync(first), await WhoAsync(second) }.Order());
        Assert.Equal(0, await AskAsync(client, AccessMode.Write));
        Assert.Equal(1, cluster.Asked);
    }

    [Fact]
    public async Task A_leader_that_is_none_any_longer_is_asked_no_more_and_the_work_is_run_again_on_the_new_one()
    {
        var time = new ManualTime();
        await using var cluster = new Cluster(2);
        cluster.Table = Table(write: [0], read: [0, 1], route: [0, 1], cluster);
        await using var client = cluster.Client(new() { TimeProvider = time, Random = new NoChance() });
        Assert.Equal(0, await AskAsync(client, AccessMode.Write));
        cluster.Members[0].Refusal = "Neo.ClientError.Cluster.NotALeader";
        cluster.Table = Table(write: [1], read: [0, 1], route: [0, 1], cluster);

        await using var session = client.OpenSession();
        var working = session.WriteAsync(async (transaction, token) => await WhoAsync(await transaction.RunAsync("CREATE ()", token)), cancellationToken: Token);
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await working);
        Assert.Equal(2, cluster.Asked);
    }

    [Fact]
    public async Task A_table_is_used_until_it_has_run_out_and_no_longer()
    {
        var time = new ManualTime();
        await using var cluster = new Cluster(2);
        cluster.Table = Table(write: [0], read: [0], route: [0], cluster, seconds: 300);
        await using var client = cluster.Client(new() { TimeProvider = time, LivenessCheckAfter = TimeSpan.FromDays(1) });
        Assert.Equal(0, await AskAsync(client, AccessMode.Read));
        cluster.Table = Table(write: [1], read: [1], route: [1], cluster, seconds: 300);

        time.Advance(TimeSpan.FromSeconds(300) - TimeSpan.FromTicks(1));
        Assert.Equal(0, await AskAsync(client, AccessMode.Read));
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(1, await AskAsync(client, AccessMode.Read));
        Assert.Equal(2, cluster.Asked);
    }

    [Fact]
    public async Task A_member_that_cannot_be_reached_is_passed_over_and_the_cluster_is_asked_anew_when_none_is_left()
    {
        await using var cluster = new Cluster(2);
        cluster.Table = Table(write: [0], read: [], route: [0], cluster, alsoRead: Nowhere);
        await using var client = cluster.Client();
        await Assert.ThrowsAsync<BoltConnectionException>(() => AskAsync(client, AccessMode.Read));
        Assert.Equal(2, cluster.Asked);

        cluster.Table = Table(write: [0], read: [1], route: [0], cluster, alsoRead: Nowhere);

        Assert.Equal(1, await AskAsync(client, AccessMode.Read));
        Assert.Equal(1, await AskAsync(client, AccessMode.Read));
        Assert.Equal(3, cluster.Asked);
    }

    [Fact]
    public async Task While_a_leader_is_being_chosen_reads_are_answered_and_writes_may_be_tried_again()
    {
        await using var cluster = new Cluster(2);
        cluster.Table = Table(write: [], read: [1], route: [0, 1], cluster);
        await using var client = cluster.Client();

        var refused = await Assert.ThrowsAsync<BoltConnectionException>(() => AskAsync(client, AccessMode.Write));

        Assert.True(refused.IsRetryable);
        Assert.Contains("choosing a leader", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await AskAsync(client, AccessMode.Read));
    }

    [Fact]
    public async Task A_router_that_is_gone_is_replaced_by_another_and_by_the_address_itself()
    {
        var time = new ManualTime();
        await using var cluster = new Cluster(2);
        cluster.Table = Table(write: [1], read: [1], route: [1], cluster, seconds: 10, alsoRoute: Nowhere);
        await using var client = cluster.Client(new() { TimeProvider = time });
        Assert.Equal(1, await AskAsync(client, AccessMode.Write));
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1, await AskAsync(client, AccessMode.Write));
        Assert.Equal([1, 1], cluster.Members.Select(member => member.Asked));
    }

    [Fact]
    public async Task Each_database_has_a_table_of_its_own_and_a_database_that_is_not_there_is_said_at_once()
    {
        await using var cluster = new Cluster(1);
        cluster.Table = Table(write: [0], read: [0], route: [0], cluster);
        await using var client = cluster.Client();
        await AskAsync(client, AccessMode.Read, "one");
        await AskAsync(client, AccessMode.Read, "two");
        await AskAsync(client, AccessMode.Write, "two");
        Assert.Equal(["one", "two"], cluster.Members[0].Databases);

        cluster.Members[0].RouteRefusal = "Neo.ClientError.Database.DatabaseNotFound";
        var refused = await Assert.ThrowsAsync<BoltServerException>(() => AskAsync(client, AccessMode.Read, "three"));

        Assert.Equal("Neo.ClientError.Database.DatabaseNotFound", refused.Code);
        Assert.Equal(3, cluster.Asked);
    }

    [Fact]
    public async Task The_routers_are_told_what_was_seen_and_by_which_address_they_were_found()
    {
        await using var cluster = new Cluster(1);
        cluster.Table = Table(write: [0], read: [0], route: [0], cluster);
        await using var client = cluster.Client();
        await using var session = client.OpenSession(new() { Bookmarks = ["seen"] });
        await (await session.RunAsync("RETURN 1", cancellationToken: Token)).ConsumeAsync(Token);

        Assert.Equal((cluster.Members[0].Peer.Host, "seen"), cluster.Members[0].Told);
    }

    public static TheoryData<string> NoServers => ["", "kim:secret@host", "host/path", "host?query", "ho st", new string('h', 400)];

    [Theory]
    [MemberData(nameof(NoServers))]
    public void A_table_that_names_something_else_than_servers_is_refused(string address) =>
        Assert.DoesNotContain("secret", Assert.Throws<BoltProtocolException>(() => RoutingTable.Read(Of(10, [address]), 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_table_without_end_of_too_many_servers_or_that_is_none_is_refused_or_bounded()
    {
        Assert.Throws<BoltProtocolException>(() => RoutingTable.Read(new Dictionary<string, object?>(), 0));
        Assert.Throws<BoltProtocolException>(() => RoutingTable.Read(Of(-1, ["host:1"]), 0));
        Assert.Throws<BoltProtocolException>(() => RoutingTable.Read(Of(1, [.. Enumerable.Range(1, 1_001).Select(port => $"host:{port}")]), 0));
        Assert.Equal(TimeSpan.FromDays(1), RoutingTable.Read(Of(long.MaxValue, ["host"]), 0).Lifetime);
        Assert.Equal(["host:7687", "[::1]:2"], RoutingTable.Read(Of(1, ["host", "[::1]:2", "host:7687"]), 0).Readers);
    }

    [Fact]
    public async Task The_real_server_is_its_own_cluster()
    {
        var address = await neo4j.GetAsync();
        await using var client = new BoltClient(address.Uri.Replace("bolt://", "neo4j://", StringComparison.Ordinal), new() { Authentication = address.Authentication });
        await using var session = client.OpenSession();
        Assert.Equal(1, await session.WriteAsync(async (transaction, token) => (await (await transaction.RunAsync("RETURN 1 AS one", token)).SingleAsync(token)).Get<int>("one"), cancellationToken: Token));
        Assert.Equal(1, await session.ReadAsync(async (transaction, token) => (await (await transaction.RunAsync("RETURN 1 AS one", token)).SingleAsync(token)).Get<int>("one"), cancellationToken: Token));

        var (connection, _) = await client.Connections.AcquireAsync(new(AccessMode.Read, "neo4j", null, []), address.Authentication, Token);
        var table = RoutingTable.Read(await connection.RouteAsync(new Dictionary<string, object?> { ["address"] = client.Address }, [], "neo4j", null, Token), 0);
        client.Connections.Release(connection, null);
        Assert.Equal((1, 1, 1), (table.Routers.Count, table.Readers.Count, table.Writers.Count));
        Assert.True(table.Lifetime > TimeSpan.Zero);
    }

    /// <summary>The place of the member that answered.</summary>
    private static async Task<int> AskAsync(BoltClient client, AccessMode mode, string? database = null)
    {
        await using var session = client.OpenSession(new() { Mode = mode, Database = database });
        return await WhoAsync(await session.RunAsync("RETURN 1", cancellationToken: Token));
    }

    private static async Task<int> WhoAsync(BoltResult result) => (await result.SingleAsync(Token)).Get<int>("who");

    private static Dictionary<string, object?> Table(int[] write, int[] read, int[] route, Cluster cluster, long seconds = 300, string? alsoRead = null, string? alsoRoute = null)
    {
        return new() { ["ttl"] = seconds, ["servers"] = new List<object?> { Role("WRITE", write, null), Role("READ", read, alsoRead), Role("ROUTE", route, alsoRoute) } };

        Dictionary<string, object?> Role(string role, int[] members, string? also) => new()
        {
            ["role"] = role,
            ["addresses"] = new[] { also }.OfType<string>().Concat(members.Select(member => cluster.Members[member].Peer.Host)).Cast<object?>().ToList(),
        };
    }

    private static Dictionary<string, object?> Of(long seconds, string[] readers) => new()
    {
        ["rt"] = new Dictionary<string, object?>
        {
            ["ttl"] = seconds,
            ["servers"] = new List<object?> { new Dictionary<string, object?> { ["role"] = "READ", ["addresses"] = readers.Cast<object?>().ToList() } },
        },
    };
}
