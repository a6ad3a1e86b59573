using IdentityGraph.Bolt;

namespace IdentityGraph.Tests.Bolt;

/// <summary>A session that was opened without a database stays in the one it began in.</summary>
public sealed class HomeDatabaseTests(Neo4jServer neo4j)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_a_cluster_it_says_the_name_that_came_with_the_table_and_goes_on_with_it_when_the_home_is_another()
    {
        await using var cluster = new Cluster(1);
        cluster.Table = Table(cluster, "people");
        await using var client = cluster.Client();
        await using var session = client.OpenSession();
        Assert.Null(session.Database);

        await session.ExecuteAsync("RETURN 1", cancellationToken: Token);
        cluster.Table = Table(cluster, "moved");
        await session.ExecuteAsync("RETURN 1", cancellationToken: Token);
        await using (var transaction = await session.BeginAsync(cancellationToken: Token))
        {
            await transaction.ExecuteAsync("RETURN 1", Token);
        }

        Assert.Equal("people", session.Database);
        Assert.Equal(["people", "people", "people"], cluster.Members[0].Worked);
        Assert.Equal([""], cluster.Members[0].Databases);
    }

    [Fact]
    public async Task A_session_with_a_database_of_its_own_stays_in_that_whatever_a_server_says()
    {
        await using var cluster = new Cluster(1);
        cluster.Table = Table(cluster, "people");
        await using var client = cluster.Client();
        await using var session = client.OpenSession(new() { Database = "alias" });

        await session.ExecuteAsync("RETURN 1", cancellationToken: Token);

        Assert.Equal(("alias", "alias"), (session.Database, Assert.Single(cluster.Members[0].Worked)));
    }

    [Fact]
    public async Task From_5_8_on_one_server_names_it_with_its_answer()
    {
        List<object?> said = [];
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            for (var i = 0; i < 2; i++)
            {
                said.Add((await connection.HearAsync("RUN")).Map(2).GetValueOrDefault("db"));
                await connection.HearAsync("PULL");
                await connection.SucceedAsync(("fields", Array.Empty<string>()), ("db", "people"));
                await connection.SucceedAsync(("db", "system"));
            }

            said.Add((await connection.HearAsync("BEGIN")).Map().GetValueOrDefault("db"));
            await connection.HearAllAsync("RUN", "PULL");
            await connection.SucceedAsync(("db", "moved"));
            await connection.SucceedAsync(("fields", Array.Empty<string>()), ("qid", 0L));
            await connection.SucceedAsync();
            await connection.HearAsync("ROLLBACK");
            await connection.SucceedAsync();
            await connection.KeepAsync();
        });
        await using var client = peer.Client();
        await using var session = client.OpenSession();

        await session.ExecuteAsync("SHOW DATABASES", cancellationToken: Token);
        await session.ExecuteAsync("RETURN 1", cancellationToken: Token);
        await using (var transaction = await session.BeginAsync(cancellationToken: Token))
        {
            await transaction.ExecuteAsync("RETURN 1", Token);
        }

        Assert.Equal([null, "people", "people"], said);
        Assert.Equal("people", session.Database);
    }

    public static TheoryData<string, byte> Addresses => [.. new[] { "bolt://", "neo4j://" }.SelectMany(scheme => BoltVersion.Supported.Select(version => (scheme, version.Minor)))];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task On_the_real_server_it_is_neo4j_and_not_the_database_that_a_statement_about_the_server_ran_in(string scheme, byte minor)
    {
        var address = await neo4j.GetAsync();
        await using var client = new BoltClient(address.Uri.Replace("bolt://", scheme, StringComparison.Ordinal), new() { Authentication = address.Authentication, Versions = [new(5, minor)] });
        await using var session = client.OpenSession();

        await session.ExecuteAsync("SHOW DATABASES", cancellationToken: Token);
        var told = session.Database;
        var ran = await session.ExecuteAsync("RETURN 1", cancellationToken: Token);
        var inTransaction = await session.ReadAsync(async (transaction, token) => (await transaction.ExecuteAsync("RETURN 1", token)).Database, cancellationToken: Token);

        Assert.Equal(scheme == "neo4j://" || minor >= 8 ? "neo4j" : null, told);
        Assert.Equal(("neo4j", "neo4j"), (ran.Database, inTransaction));
    }

    private static Dictionary<string, object?> Table(Cluster cluster, string database) => new()
    {
        ["ttl"] = 300L,
        ["db"] = database,
        ["servers"] = new[] { "WRITE", "READ", "ROUTE" }
            .Select(role => (object?)new Dictionary<string, object?> { ["role"] = role, ["addresses"] = new List<object?> { cluster.Members[0].Peer.Host } }).ToList(),
    };
}
