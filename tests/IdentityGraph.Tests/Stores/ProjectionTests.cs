using IdentityGraph.Graph;
using IdentityGraph.Stores;
using IdentityGraph.Tests.Bolt;
using IdentityGraph.Tests.PropertyTests;

namespace IdentityGraph.Tests.Stores;

/// <summary>What Cypher sees on a real server is what the fold says, and is brought up to date by differences.</summary>
public sealed class ProjectionTests(Neo4jServer neo4j)
{
    private const string Header = """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T09:00:00Z"}""";

    private static readonly string[] s_pat =
    [
        Header,
        """{"node":"pat","kind":"Account","props":{"state":"Active","name":"Pat","mfa":null}}""",
        """{"node":"admins","kind":"Group","props":{"name":"admins"}}""",
        """{"edge":"MEMBER_OF","of":"pat","to":"admins","from":"2025-01-01T00:00:00Z"}""",
        """{"end":"Account","complete":true}""",
        """{"end":"MEMBER_OF","complete":true}""",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_random_estates_every_relationship_and_entity_says_at_any_moment_what_the_view_says()
    {
        for (var number = 0; number < 3; number++)
        {
            var estate = EstateGenerator.Generate(number);
            await using var projected = await ProjectedStore.OfAsync(neo4j, estate.Runs.SelectMany(run => run).Select(line => line.ToJsonString()));
            var asOf = estate.Question.AsOf;
            await projected.ProjectAsync(asOf);
            var snapshot = await projected.Store.SnapshotAsync(cancellationToken: Token);

            var points = snapshot.ChangePoints.ToArray();
            foreach (var moment in new[] { asOf, Instants.FromTicks(points[points.Length / 2]), Instants.FromTicks(points[points.Length / 2] - 1), Instants.FromTicks(points[^1]) })
            {
                var view = snapshot.At(moment);
                var edges = Enumerable.Range(0, snapshot.EdgeCount).Select(view.EdgeAt).Where(edge => edge.Holds != Truth.False).Select(edge => $"{edge.Of.Id} {edge.Kind} {edge.To.Id} {edge.Key} {edge.Holds}");
                var unread = view.WithUnreadEdges().SelectMany(node => view.UnreadEdges(node).Where(edge => edge.Of == node)).Where(edge => edge.Holds != Truth.False).Select(edge => $"{edge.Of.Id} UNRECOGNISED {edge.To.Id} {edge.Key} {edge.Holds}");
                var seen = await projected.TextsAsync(
                    """
                    MATCH (of:Entity {store: $store})-[r]->(to:Entity)
                    WHERE r.from <= $at < r.until
                    RETURN of.id + ' ' + type(r) + ' ' + to.id + ' ' + r.key + ' ' + CASE WHEN r.sureFrom <= $at < r.sureUntil THEN 'True' ELSE 'Unknown' END
                    """,
                    ("at", moment));
                Assert.Equal(edges.Concat(unread).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
            }

            var there = snapshot.At(asOf);
            var entities = await projected.TextsAsync("MATCH (e:Entity {store: $store}) RETURN e.id + ' ' + [l IN labels(e) WHERE l <> 'Entity'][0] + ' ' + e.present");
            Assert.Equal(Enumerable.Range(0, snapshot.NodeCount).Select(index => $"{there[index].Id} {there[index].Kind} {there[index].Present}").Order(StringComparer.Ordinal), entities.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Run_again_it_changes_nothing_and_a_new_run_is_written_as_its_difference()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        Assert.False(projected.Store.Projected().IsWhole);

        var first = await projected.ProjectAsync();
        var again = await projected.ProjectAsync();
        Assert.Equal((3, 0, 0), (first.Written, again.Written, again.Removed));
        Assert.True(first.State is { IsWhole: true, Run: 1, Entities: 2, Relationships: 1 }, $"{first.State}");

        await projected.RecordAsync(
            """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T09:00:00Z","mode":"delta"}""",
            """{"node":"pat","kind":"Account","from":"2025-06-02T08:30:00Z","props":{"state":"Disabled"}}""");
        Assert.Contains("lags: it shows run 1, the newest is 2", projected.Store.Projected().ToString(), StringComparison.Ordinal);
        var next = await projected.ProjectAsync();

        Assert.Equal((1, 0), (next.Written, next.Removed));
        Assert.Equal(["Disabled"], await projected.TextsAsync("MATCH (a:Account {store: $store, id: 'pat'}) RETURN a.state"));
        Assert.Equal(
            ["Active", "Disabled"],
            await projected.TextsAsync("MATCH (:Account {store: $store, id: 'pat'})-[:WAS]->(r:Revision) RETURN r.state ORDER BY r.from"));
        Assert.Equal(["Active"], await projected.TextsAsync("MATCH (:Account {store: $store, id: 'pat'})-[:WAS]->(r:Revision) WHERE r.from <= datetime('2025-06-02T08:10:00Z') < r.until RETURN r.state"));
    }

    [Fact]
    public async Task What_nobody_reported_what_is_none_and_what_is_disputed_are_told_apart()
    {
        await using var projected = await ProjectedStore.OfAsync(
            neo4j,
            [.. s_pat[..^2], """{"node":"kim","kind":"Account","props":{"state":"Sleepy"}}""", .. s_pat[^2..]]);
        await projected.ProjectAsync();

        Assert.Equal(
            ["kim: no state, disputed state", "pat: mfa is none"],
            await projected.TextsAsync(
                """
                MATCH (a:Account {store: $store})
                RETURN a.id + CASE WHEN 'state' IN a.disputed AND a.state IS NULL THEN ': no state, disputed state' WHEN 'mfa' IN a.none AND a.mfa IS NULL THEN ': mfa is none' END AS told
                ORDER BY told
                """));
    }

    [Fact]
    public async Task Hostile_words_are_data_and_a_kind_that_nobody_knows_is_seen()
    {
        const string Evil = "`x`}) DETACH DELETE n //' OR 1=1 $store";
        await using var projected = await ProjectedStore.OfAsync(
            neo4j,
            Header,
            $$$"""{"node":"{{{Evil}}}","kind":"Account","props":{"name":"{{{Evil}}}","evil`key":"x"}}""",
            $$$"""{"node":"odd","kind":"{{{Evil}}}","props":{"name":"odd"}}""",
            $$"""{"edge":"SPOILS_{{Evil}}","of":"{{Evil}}","to":"odd","key":"{{Evil}}"}""",
            $$"""{"edge":"MEMBER_OF","of":"{{Evil}}","to":"group","key":"{{Evil}}"}""");
        await projected.ProjectAsync();

        Assert.Equal([Evil], await projected.TextsAsync("MATCH (a:Account {store: $store}) RETURN a.name"));
        Assert.Equal(["SPOILS_" + Evil], await projected.TextsAsync("MATCH (:Account {store: $store})-[r:UNRECOGNISED]->(:Unknown {id: 'odd'}) RETURN r.kindAsSaid"));
        Assert.Equal([Evil], await projected.TextsAsync("MATCH (n:Unknown {store: $store, id: 'odd'}) RETURN n.kindAsSaid"));
        Assert.Equal(["True"], await projected.TextsAsync("MATCH (:Account {store: $store})-[:MEMBER_OF]->(g {id: 'group'}) RETURN CASE WHEN g.placeholder THEN 'True' END"));
        Assert.Empty(await projected.AskAsync("MATCH (n {store: $store}) WHERE any(key IN keys(n) WHERE key CONTAINS 'evil') RETURN n"));
    }

    [Fact]
    public async Task What_is_reclassified_changes_its_label_and_keeps_its_relationships()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        await projected.ProjectAsync();
        await projected.RecordAsync(
            """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:30:00Z","recordedAt":"2025-06-02T09:00:00Z","mode":"delta"}""",
            """{"node":"pat","kind":"ServiceIdentity","props":{"state":"Active"}}""");
        await projected.ProjectAsync();

        var kind = (await projected.Store.SnapshotAsync(cancellationToken: Token)).At(DateTimeOffset.UnixEpoch).Find("pat")!.Value.Kind.Name;
        Assert.Equal([kind], await projected.TextsAsync("MATCH (e:Entity {store: $store, id: 'pat'}) UNWIND labels(e) AS label WITH label WHERE label <> 'Entity' RETURN label"));
        Assert.Equal(["1"], await projected.TextsAsync("MATCH (:Entity {store: $store, id: 'pat'})-[r:MEMBER_OF]->() RETURN count(r)"));
    }

    [Fact]
    public async Task Stopped_midway_it_says_that_it_is_half_and_goes_on_where_it_was()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        using var stop = new CancellationTokenSource();
        var told = new Told(progress =>
        {
            if (progress.Doing.Contains("relationships compared", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await projected.Store.ProjectAsync(new ProjectionOptions { Progress = told }, stop.Token));

        Assert.Contains("half written", projected.Store.Projected().ToString(), StringComparison.Ordinal);
        var rest = await projected.ProjectAsync();

        Assert.Equal(1, rest.Written);
        Assert.True(rest.State.IsWhole);
    }

    [Fact]
    public async Task Whoever_lost_the_lease_writes_no_more()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        var told = new Told(progress =>
        {
            if (progress.Doing.Contains("relationships compared", StringComparison.Ordinal))
            {
                projected.AskAsync("MATCH (s:IdgStore {name: $store}) SET s.fence = s.fence + 1, s.holder = 'somebody else', s.leaseUntil = timestamp() + 60000").GetAwaiter().GetResult();
            }
        });

        var refused = await Assert.ThrowsAsync<StoreLockedException>(async () => await projected.Store.ProjectAsync(new ProjectionOptions { Progress = told }, Token));

        Assert.Contains("taken over by somebody else", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["0"], await projected.TextsAsync("MATCH (:Entity {store: $store})-[r:MEMBER_OF]->() RETURN count(r)"));
    }

    [Fact]
    public async Task Many_relationships_are_written_in_lanes_side_by_side_each_once()
    {
        const int Accounts = 420;
        const int Groups = 25;
        string[] lines =
        [
            Header,
            .. Enumerable.Range(0, Accounts).SelectMany(account => Enumerable.Range(0, Groups).Select(group => $$"""{"edge":"MEMBER_OF","of":"a{{account}}","to":"g{{group}}"}""")),
            """{"end":"MEMBER_OF","complete":true}""",
        ];
        await using var projected = await ProjectedStore.OfAsync(neo4j, lines);

        var first = await projected.ProjectAsync();

        Assert.Equal((Accounts * Groups, Accounts + Groups), (first.State.Relationships, first.State.Entities));
        Assert.Equal([$"{Accounts * Groups}"], await projected.TextsAsync("MATCH (of {store: $store})-[:MEMBER_OF]->(to) RETURN count(DISTINCT of.id + ' ' + to.id)"));
        Assert.Equal([$"{Accounts * Groups}"], await projected.TextsAsync("MATCH (of {store: $store})-[r:MEMBER_OF]->() RETURN count(r)"));
        Assert.Equal(["0", "1", "2", "3"], await projected.TextsAsync("MATCH (lane:IdgLane {store: $store}) WHERE lane.touchedAt IS NOT NULL RETURN lane.number ORDER BY lane.number"));
        Assert.Equal(0, (await projected.ProjectAsync()).Written);
    }

    [Fact]
    public async Task What_somebody_else_changed_is_mended()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        await projected.ProjectAsync();
        await projected.AskAsync("MATCH (p:Account {store: $store})-[r:MEMBER_OF]->(g) DELETE r CREATE (p)-[:MEMBER_OF {store: $store, idg: 'x'}]->(g) REMOVE p.hash");

        var mended = await projected.ProjectAsync();

        Assert.Equal((2, 1), (mended.Written, mended.Removed));
        Assert.Equal(["True"], await projected.TextsAsync("MATCH (:Account {store: $store})-[r:MEMBER_OF]->() RETURN r.truth"));
    }

    private sealed class Told(Action<ProjectionProgress> tell) : IProgress<ProjectionProgress>
    {
        public void Report(ProjectionProgress value) => tell(value);
    }
}
