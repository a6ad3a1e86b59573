using IdentityGraph.Tests.Bolt;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Cli;

/// <summary>What somebody who may only ask must not be able to do with a statement: act on others, learn of them, keep a secret, read a file.</summary>
public sealed class QueryLimitsTests(Neo4jServer neo4j)
{
    private const string Token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly string[] s_facts = ["""{"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T09:00:00Z"}""", """{"node":"pat","kind":"Account"}"""];

    [Fact]
    public async Task Nothing_but_reading_the_graph_is_run_or_kept()
    {
        await using var store = await ProjectedStore.OfAsync(neo4j, s_facts);
        await store.ProjectAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);
        foreach (var cypher in new[]
        {
            "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
            "PROFILE SHOW TRANSACTIONS",
            "SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message RETURN message",
            "SHOW SETTINGS",
            "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
            "CALL dbms.listConnections()",
            "RETURN [x IN [1] | COUNT { CALL dbms.listConnections() YIELD username RETURN 1 }] AS a",
        })
        {
            var said = await program.RunAsync("query", cypher, "--store", store.Store.Location);
            Assert.Equal((2, ""), (said.Code, said.Output));
            Assert.Contains("does not only read the graph", said.Errors);
        }

        foreach (var cypher in new[] { "SHOW TRANSACTIONS", "PROFILE TERMINATE TRANSACTIONS 'neo4j-transaction-1'" })
        {
            var said = await program.RunAsync("saved", "add", "evil", cypher, "--store", store.Store.Location);
            Assert.Equal(2, said.Code);
            Assert.Contains("does not only read the graph", said.Errors);
        }

        Assert.Equal(0, (await program.RunAsync("query", "CALL db.labels() YIELD label RETURN label", "--store", store.Store.Location)).Code);
        Assert.Equal(0, (await program.RunAsync("query", "PROFILE MATCH (n:Entity {store: $store}) WHERE EXISTS { (n)-[*1..2]->(m) } RETURN n.id ORDER BY n.id LIMIT 3", "--store", store.Store.Location)).Code);
    }

    [Fact]
    public async Task One_that_somebody_ended_is_not_said_to_have_had_its_time()
    {
        await using var store = await ProjectedStore.OfAsync(neo4j, s_facts);
        await store.ProjectAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);
        var mark = Guid.NewGuid().ToString("N");
        var running = program.RunAsync("query", $"UNWIND range(1, 100000000000) AS n WITH n WHERE n < 0 RETURN n AS n{mark}", "--max-time", "9m", "--store", store.Store.Location);

        while (!running.IsCompleted && (await store.TextsAsync("SHOW TRANSACTIONS YIELD transactionId AS t, currentQuery AS q WHERE q CONTAINS $mark AND q STARTS WITH 'UNWIND' TERMINATE TRANSACTIONS t YIELD message RETURN message", ("mark", mark))).Count == 0)
        {
            await Task.Yield();
        }

        var said = await running;
        Assert.Equal(8, said.Code);
        Assert.Contains("it was ended on the server", said.Errors);
        Assert.DoesNotContain("stopped it after", said.Errors);
    }

    [Fact]
    public async Task A_secret_is_not_kept_in_a_query_and_one_that_is_there_is_not_shown()
    {
        await using var store = await ProjectedStore.OfAsync(neo4j, s_facts);
        await store.ProjectAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);
        var cypher = $"// Who uses {Token}.\nMATCH (n {{note: '{Token}'}}) RETURN n.id AS id, ";
        await store.AskAsync("CREATE (:IdgQuery {store: $store, name: 'old', text: $text})", ("text", cypher));

        var add = await program.RunAsync("saved", "add", "new", cypher + "1 AS one", "--store", store.Store.Location);
        var list = await program.RunAsync("saved", "list", "-o", "json", "--store", store.Store.Location);
        var run = await program.RunAsync("saved", "run", "old", "--store", store.Store.Location);

        Assert.Equal((2, 0, 2), (add.Code, list.Code, run.Code));
        Assert.Contains("a GitHub token", add.Errors);
        Assert.Contains("--param", add.Errors);
        Assert.Contains("not shown: it holds what looks like a GitHub token", list.Output);
        Assert.DoesNotContain(Token, add.Errors + list.Output + list.Errors + run.Errors);
        Assert.Equal(["old"], await store.TextsAsync("MATCH (q:IdgQuery {store: $store}) RETURN q.name"));
    }

    [Fact]
    public async Task Nothing_of_a_file_that_is_no_statement_is_told_but_the_place()
    {
        await using var store = await ProjectedStore.OfAsync(neo4j, s_facts);
        await store.ProjectAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);
        var file = program.Write("shadow", "root:$6$canary:19000:0:99999:7:::", "daemon:*:19000");

        foreach (var arguments in new[] { new[] { "query" }, ["saved", "add", "shadow"] })
        {
            var said = await program.RunAsync([.. arguments, "--file", file, "--store", store.Store.Location]);
            Assert.Equal(2, said.Code);
            Assert.Contains($"the statement in `{file}`, line 1, column 1 (", said.Errors);
            Assert.DoesNotContain("canary", said.Errors);
            Assert.DoesNotContain("root", said.Errors);
        }

        var piped = await program.RunAsync("root:$6$canary:19000"u8.ToArray(), "query", "-", "--store", store.Store.Location);
        Assert.Contains("the statement in standard input, line 1, column 1 (", piped.Errors);
        Assert.DoesNotContain("canary", piped.Errors);
        Assert.Contains("RETRUN", (await program.RunAsync("query", "RETRUN 1", "--store", store.Store.Location)).Errors);
    }
}
