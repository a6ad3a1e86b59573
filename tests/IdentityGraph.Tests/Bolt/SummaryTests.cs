using IdentityGraph.Bolt;

namespace IdentityGraph.Tests.Bolt;

/// <summary>What a real server says at the end of a statement, in the spelling of every version.</summary>
public sealed class SummaryTests(Neo4jServer neo4j)
{
    private const string Cartesian = "MATCH (a:BoltNoSuchLabel) RETURN a.boltNoSuchProperty AS p";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<byte> Versions() => [.. BoltVersion.Supported.Select(version => version.Minor)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Warnings_are_told_as_statuses_whatever_the_version(byte minor)
    {
        await using var client = await neo4j.ClientAsync(new() { Versions = [new(5, minor)] });
        await using var session = client.OpenSession();
        var summary = await session.ExecuteAsync(Cartesian, cancellationToken: Token);

        Assert.Equal("02000", summary.Statuses[0].Status);
        var label = Assert.Single(summary.Notifications, notification => notification.Code == "Neo.ClientNotification.Statement.UnknownLabelWarning");
        Assert.Equal(("WARNING", "UNRECOGNIZED"), (label.Severity, minor >= 2 ? label.Classification : "UNRECOGNIZED"));
        Assert.Equal(minor >= 6 ? "01N50" : "01N42", label.Status);
        Assert.Equal((9, 1, 10), label.Position);
        Assert.Contains("BoltNoSuchLabel", label.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public async Task What_is_not_wanted_is_not_told(byte minor)
    {
        await using var client = await neo4j.ClientAsync(new() { Versions = [new(5, minor)] });
        await using (var quiet = client.OpenSession(new() { Notifications = NotificationFilter.Off }))
        {
            Assert.Empty((await quiet.ExecuteAsync(Cartesian, cancellationToken: Token)).Notifications);
        }

        await using (var partly = client.OpenSession(new() { Notifications = new() { DisabledClassifications = ["UNRECOGNIZED"] } }))
        {
            Assert.Empty((await partly.ExecuteAsync(Cartesian, cancellationToken: Token)).Notifications);
        }

        await using var other = client.OpenSession(new() { Notifications = new() { DisabledClassifications = ["HINT"] } });
        Assert.NotEmpty((await other.ExecuteAsync(Cartesian, cancellationToken: Token)).Notifications);
    }

    [Fact]
    public async Task Counters_plan_and_outcome_are_told()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession();
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        var written = await transaction.ExecuteAsync("CREATE (:BoltCounted {a: 1})-[:TO]->(:BoltCounted {b: 2})", Token);
        Assert.Equal((2, 1, 2), (written.Counters["nodes-created"], written.Counters["relationships-created"], written.Counters["properties-set"]));
        Assert.Equal("00001", written.Statuses[0].Status);
        var read = await transaction.ExecuteAsync("RETURN 1 AS one", Token);
        Assert.Equal(("00000", "r"), (read.Statuses[0].Status, read.StatementType));
        Assert.Null(read.Plan);
        var explained = await transaction.ExecuteAsync("EXPLAIN MATCH (n) RETURN n", Token);
        Assert.StartsWith("ProduceResults", (string)explained.Plan!["operatorType"]!, StringComparison.Ordinal);
        await transaction.RollbackAsync(Token);
    }
}
