using IdentityGraph.Graph;
using IdentityGraph.Stores;
using IdentityGraph.Tests.Bolt;
using IdentityGraph.Tests.PropertyTests;

namespace IdentityGraph.Tests.Stores;

/// <summary>What somebody did by hand to the graph for Cypher: what a check tells of it, and what mends it.</summary>
public sealed class MendedGraphTests(Neo4jServer neo4j)
{
    private static readonly string[] s_pat =
    [
        """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T09:00:00Z"}""",
        """{"node":"pat","kind":"Account","props":{"state":"Active","name":"Pat"}}""",
        """{"node":"admins","kind":"Group","props":{"name":"admins"}}""",
        """{"edge":"MEMBER_OF","of":"pat","to":"admins","from":"2025-01-01T00:00:00Z"}""",
        """{"end":"Account","complete":true}""",
        """{"end":"MEMBER_OF","complete":true}""",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("MATCH (:Account {store: $store})-[:WAS]->(r:Revision) DETACH DELETE r", "1 revisions were written and 0 are there")]
    [InlineData("MATCH (s:Stream {store: $store}) DELETE s", "3 streams were written and 0 are there")]
    [InlineData("MATCH (a:Account {store: $store}) DETACH DELETE a", "2 entities were written and 1 are there")]
    [InlineData("MATCH (:Account {store: $store})-[r:MEMBER_OF]->() DELETE r", "1 relationships were written and 0 are there")]
    [InlineData("MATCH (a:Account {store: $store}), (g:Group {store: $store}) CREATE (a)-[:MEMBER_OF]->(g)", "1 relationships were written and 2 are there")]
    [InlineData("MATCH (a:Account {store: $store}), (g:Group {store: $store}) CREATE (g)-[:OWNED_BY {store: $store, idg: 7}]->(a)", "1 relationships were written and 2 are there")]
    [InlineData("CREATE (:Entity:Account {store: $store, id: 'eve', live: 'True'})", "2 entities were written and 3 are there")]
    [InlineData("CREATE (:Entity:Account {store: $store, live: 'True'})", "1 of its entities have no id or not exactly one kind")]
    [InlineData("CREATE (:Entity {store: $store, id: 'eve'})", "1 of its entities have no id or not exactly one kind")]
    [InlineData("MATCH (a:Account {store: $store}) REMOVE a:Account", "1 of its entities have no id or not exactly one kind")]
    [InlineData("MATCH (a:Account {store: $store}) SET a:Person", "1 of its entities have no id or not exactly one kind")]
    public async Task A_check_tells_what_was_added_or_taken_away_and_making_it_anew_mends_it(string cypher, string told)
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        await projected.ProjectAsync();
        Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);
        var whole = await GraphAsync(projected);

        await projected.AskAsync(cypher);
        var check = await projected.Store.CheckAsync(Token);

        Assert.Contains(check.Problems, problem => problem.Problem.Contains(told, StringComparison.Ordinal));
        Assert.All(check.Problems, problem => Assert.True(problem is { OfGraph: true, Harmless: true } && problem.WayOut.Contains("idgraph store project --anew", StringComparison.Ordinal), problem.WayOut));
        Assert.True(check is { IsSound: true, WholeRuns: 1 });

        Assert.True((await AnewAsync(projected)).State.IsWhole);
        Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);
        Assert.Equal(whole, await GraphAsync(projected));
    }

    [Theory]
    [InlineData("MATCH (a:Account {store: $store}) SET a.state = 'Disabled', a.live = 'False'")]
    [InlineData("MATCH (:Account {store: $store})-[:WAS]->(r:Revision) SET r.state = 'Disabled'")]
    [InlineData("MATCH (s:Stream {store: $store}) SET s.lastCompleteAt = datetime()")]
    [InlineData("MATCH (a:Account {store: $store})-[r:MEMBER_OF]->() SET r.truth = 'Unknown'")]
    [InlineData("MATCH (a:Account {store: $store})-[r:MEMBER_OF]->(g) CREATE (g)-[turned:MEMBER_OF]->(a) SET turned = properties(r) DELETE r")]
    public async Task A_value_that_was_replaced_is_seen_by_no_count_and_no_hash_and_made_right_by_making_it_anew(string cypher)
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        await projected.ProjectAsync();
        var whole = await GraphAsync(projected);

        await projected.AskAsync(cypher);

        Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);
        Assert.Equal(0, (await projected.ProjectAsync()).Written);
        Assert.NotEqual(whole, await GraphAsync(projected));

        var anew = await AnewAsync(projected);

        Assert.Equal((3, 1), (anew.Written, anew.Removed));
        Assert.Equal(whole, await GraphAsync(projected));
    }

    [Fact]
    public async Task What_others_hang_on_an_entity_by_a_type_of_their_own_is_not_counted_and_stays()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        await projected.ProjectAsync();
        await projected.AskAsync("MATCH (a:Account {store: $store}) CREATE (:Ticket {number: 7})-[:ASKS_ABOUT]->(a) SET a:Watched");

        Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);
        await AnewAsync(projected);

        Assert.Equal(["pat"], await projected.TextsAsync("MATCH (t:Ticket {number: 7})-[:ASKS_ABOUT]->(a:Entity:Account:Watched {store: $store}) DETACH DELETE t RETURN a.id"));
    }

    [Fact]
    public async Task Nodes_that_look_like_entities_and_are_none_are_named_with_how_to_tell_them_apart()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        await projected.ProjectAsync();
        await projected.AskAsync("CREATE (:Account {store: $store + '-other', id: 'eve'}), (:Customer {store: $store, id: 'eve'})");
        Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);

        await projected.AskAsync("CREATE (:Account {store: $store, id: 'eve'}), (:Account:Person {store: $store})");
        var told = Assert.Single((await projected.Store.CheckAsync(Token)).Problems);
        await projected.AskAsync("MATCH (n) WHERE n.store STARTS WITH $store AND NOT n:Entity AND (n:Account OR n:Customer) DELETE n");

        Assert.Contains("2 node(s) name this store", told.Problem, StringComparison.Ordinal);
        Assert.Contains("(:Entity:Account {store: $store})", told.WayOut, StringComparison.Ordinal);
        Assert.True(told.Harmless);
    }

    [Fact]
    public async Task A_graph_that_is_older_than_its_counts_is_told_until_it_is_written_again()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);
        await projected.ProjectAsync();
        await projected.AskAsync("MATCH (s:IdgStore {name: $store}) REMOVE s.projectedRevisions, s.projectedStreamCount");

        var told = Assert.Single((await projected.Store.CheckAsync(Token)).Problems);
        await projected.ProjectAsync();

        Assert.Contains("how many revisions and streams it should have is not known", told.Problem, StringComparison.Ordinal);
        Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);
    }

    [Fact]
    public async Task Made_anew_and_stopped_midway_it_is_made_anew_by_whoever_goes_on()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        await projected.ProjectAsync();
        var whole = await GraphAsync(projected);
        await projected.AskAsync("MATCH (a:Account {store: $store})-[r:MEMBER_OF]->() SET r.truth = 'Unknown', a.live = 'False'");
        using var stop = new CancellationTokenSource();
        var stopping = new Stopping(stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await projected.Store.ProjectAsync(new ProjectionOptions { IsAnew = true, Progress = stopping }, stop.Token));

        var told = Assert.Single((await projected.Store.CheckAsync(Token)).Problems);
        await projected.ProjectAsync();

        Assert.Contains("half written", told.Problem, StringComparison.Ordinal);
        Assert.Equal(whole, await GraphAsync(projected));
        Assert.Equal(0, (await projected.ProjectAsync()).Written);
    }

    [Fact]
    public async Task Without_being_made_anew_an_entity_that_got_a_second_kind_or_no_id_and_streams_that_are_gone_are_mended_too()
    {
        await using var projected = await ProjectedStore.OfAsync(neo4j, s_pat);
        await projected.ProjectAsync();
        var whole = await GraphAsync(projected);
        await projected.AskAsync("MATCH (a:Account {store: $store}) SET a:Person");
        await projected.AskAsync("MATCH (s:Stream {store: $store}) DELETE s");
        await projected.AskAsync("MATCH (a:Account {store: $store}), (g:Group {store: $store}) CREATE (a)-[:MEMBER_OF {store: $store}]->(g)");

        await projected.ProjectAsync();

        Assert.Equal(whole, await GraphAsync(projected));
        Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);
    }

    [Fact]
    public async Task Of_random_estates_as_much_is_there_as_was_written_whether_as_differences_or_anew()
    {
        for (var number = 0; number < 3; number++)
        {
            var runs = EstateGenerator.Generate(number).Runs.Select(run => run.Select(line => line.ToJsonString()).ToList()).ToList();
            await using var projected = await ProjectedStore.OfAsync(neo4j, runs.SelectMany(run => run));
            await projected.ProjectAsync(DateTimeOffset.UnixEpoch);
            await projected.ProjectAsync();
            Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);
            var whole = await GraphAsync(projected);

            await AnewAsync(projected);

            Assert.Empty((await projected.Store.CheckAsync(Token)).Problems);
            Assert.Equal(whole, await GraphAsync(projected));
        }
    }

    private static Task<ProjectionResult> AnewAsync(ProjectedStore projected) => projected.Store.ProjectAsync(new ProjectionOptions { IsAnew = true }, Token).AsTask();

    /// <summary>All that is there, a line each.</summary>
    private static async Task<IReadOnlyList<string>> GraphAsync(ProjectedStore projected)
    {
        var rows = await projected.AskAsync(
            """
            MATCH (e:Entity {store: $store})
            RETURN [e.id] + labels(e) AS who, properties(e) AS said
            UNION ALL
            MATCH (e:Entity {store: $store})-[:WAS]->(r:Revision)
            RETURN [e.id, 'was'] AS who, properties(r) AS said
            UNION ALL
            MATCH (of:Entity {store: $store})-[r]->(to:Entity)
            RETURN [of.id, type(r), to.id] AS who, properties(r) AS said
            UNION ALL
            MATCH (s:Stream {store: $store})
            RETURN ['stream'] AS who, properties(s) AS said
            """);
        return [.. rows.Select(row => $"{Text(row[0])} {Text(row[1])}").Order(StringComparer.Ordinal)];
    }

    private static string Text(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => string.Join(' ', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Text(pair.Value)}")),
        string text => text,
        System.Collections.IEnumerable list => string.Join(',', list.Cast<object?>().Select(Text)),
        DateTimeOffset moment => Instants.ToText(moment),
        _ => $"{value}",
    };

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<ProjectionProgress>
    {
        public void Report(ProjectionProgress value)
        {
            if (value.Doing.Contains("relationships compared", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
