using IdentityGraph.Bolt;
using IdentityGraph.Bolt.Values;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Against a real server: every version, every type.</summary>
public sealed class RealServerTests(Neo4jServer neo4j)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<byte, bool> Versions() => [.. BoltVersion.Supported.SelectMany(version => new[] { (version.Minor, true), (version.Minor, false) })];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_version_can_be_forced_by_offering_only_it(byte minor, bool manifest)
    {
        await using var client = await neo4j.ClientAsync(new() { Versions = [new(5, minor)], OffersManifest = manifest });
        var (server, version) = await client.ConnectAsync(Token);
        Assert.Equal(new BoltVersion(5, minor), version);
        Assert.StartsWith("Neo4j/", server, StringComparison.Ordinal);

        await using var session = client.OpenSession();
        await using var result = await session.RunAsync(new("UNWIND range(1, $count) AS i RETURN i, toString(i) AS text", new BoltParameters { ["count"] = 25 }), cancellationToken: Token);
        List<(long, string)> read = [];
        await foreach (var record in result.WithCancellation(Token))
        {
            read.Add((record.Get<long>("i"), record.Get<string>("text")));
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(i => ((long)i, $"{i}")), read);
        Assert.Equal(version, result.Summary!.Version);
        Assert.NotEmpty(session.Bookmarks);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task In_every_version_transactions_begin_end_fail_and_are_put_in_order(byte minor, bool manifest)
    {
        await using var client = await neo4j.ClientAsync(new() { Versions = [new(5, minor)], OffersManifest = manifest, FetchSize = 3, MaxConnections = 1 });
        await using var session = client.OpenSession(new() { Database = "neo4j", Bookmarks = [] });
        var options = new TransactionOptions { Timeout = TimeSpan.FromMinutes(1), Metadata = new Dictionary<string, object?> { ["purpose"] = "every version" } };
        await using (var kept = await session.BeginAsync(options, Token))
        {
            await using var batches = await kept.RunAsync("UNWIND range(1, 10) AS i RETURN i", Token);
            await using var left = await kept.RunAsync("UNWIND range(1, 10) AS i RETURN i", Token);
            Assert.Equal(10, await batches.CountAsync(Token));
            await kept.CommitAsync(Token); // what is left is passed over with DISCARD
        }

        await using (var rolledBack = await session.BeginAsync(options, Token))
        {
            await rolledBack.ExecuteAsync("CREATE (:BoltNever)", Token);
            await rolledBack.RollbackAsync(Token);
        }

        await using (var failing = await session.BeginAsync(options, Token))
        {
            var refused = await Assert.ThrowsAsync<BoltServerException>(() => failing.ExecuteAsync("RETURN 1 / $zero", Token));
            Assert.Equal(("Neo.ClientError.Statement.ParameterMissing", 5), (refused.Code, refused.GqlStatus.Length));
        }

        await using var counted = await session.RunAsync("MATCH (n:BoltNever) RETURN count(n) AS n", cancellationToken: Token);
        Assert.Equal(0, (await counted.SingleAsync(Token)).Get<int>("n"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_newest_version_both_speak_is_used(bool manifest)
    {
        await using var client = await neo4j.ClientAsync(new() { OffersManifest = manifest });
        Assert.Equal(new BoltVersion(5, 8), (await client.ConnectAsync(Token)).Version);
    }

    [Fact]
    public async Task Every_type_comes_back_as_it_was_sent()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession(new() { Mode = AccessMode.Read });
        object?[] values =
        [
            null, true, false, 0L, -17L, 128L, long.MaxValue, long.MinValue, 1.5, double.NaN, double.NegativeInfinity, "", "Größe 中 😀", new string('x', 70_000),
            new byte[] { 1, 2, 3 }, new byte[70_000], new object?[] { 1L, "two", null, new object?[] { 3.0 } },
            new Dictionary<string, object?> { ["a"] = 1L, ["b"] = new Dictionary<string, object?> { ["c"] = null } },
            new BoltDate(-719_162), new BoltDate(300_000_000), new BoltTime(86_399_999_999_999, -3_600), new BoltLocalTime(1), new BoltDateTime(-1, 999_999_999, 3_600),
            new BoltZonedDateTime(1_700_000_000, 5, "Europe/Berlin"), new BoltLocalDateTime(-62_135_596_800, 1), new BoltDuration(14, -3, 7, 999_999_999),
            new BoltPoint(7203, 1.5, -2.5), new BoltPoint(9157, 1, 2, 3), new BoltPoint(4326, 13.4, 52.5), new BoltPoint(4979, 13.4, 52.5, 34),
        ];
        foreach (var value in values)
        {
            await using var result = await session.RunAsync(new("RETURN $value AS value", new BoltParameters { ["value"] = value }), cancellationToken: Token);
            var record = await result.SingleAsync(Token);
            Assert.True(Packed.Same(value, record["value"]), $"{value} came back as {record["value"]}");
        }
    }

    [Fact]
    public async Task Nodes_relationships_and_paths_are_read_whole()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession();
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        await using var result = await transaction.RunAsync(
            """
            CREATE (kim:BoltPerson:Employed {name: 'Kim'})-[holds:HOLDS {since: date('2026-01-02')}]->(key:BoltKey {id: 7})<-[knows:KNOWS]-(lee:BoltPerson {name: 'Lee'})
            WITH kim, holds
            MATCH path = (kim)-[:HOLDS]->()<-[:KNOWS]-()
            RETURN kim, holds, path
            """,
            Token);
        var record = await result.SingleAsync(Token);

        var kim = record.Get<BoltNode>("kim");
        Assert.Equal(["BoltPerson", "Employed"], kim.Labels.Order(StringComparer.Ordinal));
        Assert.Equal("Kim", kim.Properties["name"]);
        Assert.NotEmpty(kim.ElementId);
        var holds = record.Get<BoltRelationship>("holds");
        Assert.Equal(("HOLDS", kim.Id, kim.ElementId), (holds.Type, holds.StartId, holds.StartElementId));
        Assert.Equal(new DateOnly(2026, 1, 2), ((BoltDate)holds.Properties["since"]!).ToDateOnly());
        var path = record.Get<BoltPath>("path");
        Assert.Equal(["Kim", null, "Lee"], path.Nodes.Select(node => node.Properties.GetValueOrDefault("name")));
        Assert.Equal(["HOLDS", "KNOWS"], path.Relationships.Select(relationship => relationship.Type));
        Assert.Equal(holds.ElementId, path.Relationships[0].ElementId);
        Assert.Equal((path.Nodes[2].ElementId, path.Nodes[1].ElementId), (path.Relationships[1].StartElementId, path.Relationships[1].EndElementId));
    }

    [Fact]
    public async Task A_statement_that_is_refused_says_why_and_the_session_goes_on()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession();
        var refused = await Assert.ThrowsAsync<BoltServerException>(() => session.RunAsync("RETURN 1 AS", cancellationToken: Token));
        Assert.Equal("Neo.ClientError.Statement.SyntaxError", refused.Code);
        Assert.False(refused.IsRetryable);

        await using (var midway = await session.RunAsync(new("RETURN date($text) AS day", new BoltParameters { ["text"] = "soon" }), cancellationToken: Token))
        {
            var caused = await Assert.ThrowsAsync<BoltServerException>(async () => await midway.SingleAsync(Token));
            Assert.Equal(("22007", "22N36"), (caused.GqlStatus, caused.Cause?.GqlStatus));
        }

        await using var result = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        Assert.Equal(1, (await result.SingleAsync(Token)).Get<int>("one"));
    }

    [Fact]
    public async Task A_wrong_password_is_told_apart()
    {
        var address = await neo4j.GetAsync();
        foreach (var version in new BoltVersion[] { new(5, 0), new(5, 8) })
        {
            await using var client = new BoltClient(address.Uri, new() { Authentication = BoltAuthentication.Basic("neo4j", "wrong-password"), Versions = [version] });
            var refused = await Assert.ThrowsAsync<BoltAuthenticationException>(() => client.ConnectAsync(Token));
            Assert.Equal("Neo.ClientError.Security.Unauthorized", refused.Code);
            Assert.DoesNotContain("wrong-password", refused.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_port_of_the_browser_is_recognized()
    {
        var address = await neo4j.GetAsync();
        Assert.SkipUnless(address.Http is not null, "the address of the server's HTTP port is not known");
        await using var client = new BoltClient(address.Http.Replace("http://", "bolt://", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<BoltProtocolException>(() => client.ConnectAsync(Token));
        Assert.Contains("HTTP", refused.Message, StringComparison.Ordinal);
    }
}
