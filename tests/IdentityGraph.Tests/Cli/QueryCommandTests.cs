using System.Text.Json;
using IdentityGraph.Tests.Bolt;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Cli;

/// <summary>Asking a shared store in Cypher, as people do it: read-only, within limits, by name.</summary>
public sealed class QueryCommandTests(Neo4jServer neo4j)
{
    private static readonly string[] s_facts =
    [
        """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T09:00:00Z","interval":"P36500D"}""",
        """{"node":"pat","kind":"Account","props":{"state":"Active","name":"=Pat","mfa":null}}""",
        """{"node":"kim","kind":"Account","props":{"state":"Disabled","name":"Kim"}}""",
        """{"node":"admins","kind":"Group"}""",
        """{"edge":"MEMBER_OF","of":"pat","to":"admins","from":"2025-01-01T00:00:00Z","until":"2025-05-01T00:00:00Z"}""",
    ];

    [Fact]
    public async Task Prints_an_envelope_as_every_answer_and_rows_in_every_format()
    {
        await using var store = await StoreAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);
        const string Cypher = "MATCH (a:Account {store: $store}) RETURN a.id AS id, a.name AS name, a.firstSeen AS seen, a.none AS none ORDER BY id";

        var json = await program.RunAsync("query", Cypher, "--store", store.Store.Location, "-o", "json");

        Assert.Equal(0, json.Code);
        using var document = JsonDocument.Parse(json.Output);
        var envelope = document.RootElement;
        Assert.Equal(("query", 1, "2025-06-02T09:00:00Z"), (envelope.GetProperty("command").GetString(), envelope.GetProperty("schemaVersion").GetInt32(), envelope.GetProperty("asOf").GetString()));
        Assert.Equal(JsonValueKind.Null, envelope.GetProperty("truncated").ValueKind);
        Assert.Equal("""["id","name","seen","none"]""", envelope.GetProperty("data").GetProperty("columns").GetRawText().Replace("\n", "").Replace(" ", ""));
        Assert.Equal("2025-06-02T08:00:00Z", envelope.GetProperty("data").GetProperty("rows")[1].GetProperty("seen").GetString());
        Assert.True(envelope.GetProperty("data").GetProperty("graph").GetProperty("whole").GetBoolean());

        Assert.Equal(
            ["id,name,seen,none", "kim,Kim,2025-06-02T08:00:00Z,", "pat,'=Pat,2025-06-02T08:00:00Z,mfa"],
            (await program.RunAsync("query", Cypher, "--store", store.Store.Location, "-o", "csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Replace("\"", "")));
        Assert.Equal(2, (await program.RunAsync("query", "--file", program.Write("q.cypher", Cypher), "--store", store.Store.Location, "-o", "ndjson")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("RETURN range(1, 3000000) AS big", 8)]
    [InlineData("RETURN range(1, 3) AS small", 0)]
    public async Task Holds_one_large_row_to_the_limit_of_memory_too(string cypher, int code)
    {
        await using var store = await StoreAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);

        var asked = await program.RunAsync("query", cypher, "--max-memory", "1", "--store", store.Store.Location, "-o", "json");

        Assert.Equal(code, asked.Code);
        Assert.Equal(code == 8, asked.Output.Contains("one row alone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Knows_one_moment_of_knowing_and_refuses_to_be_asked_about_another()
    {
        await using var store = await StoreAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);

        var asked = await program.RunAsync("query", "RETURN 1 AS one", "--as-known-at", "2025-06-02T09:00:00Z", "--store", store.Store.Location);

        Assert.Equal(2, asked.Code);
        Assert.Contains("--as-known-at", asked.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MATCH (n:Entity {store: $store}) DETACH DELETE n")]
    [InlineData("CREATE (:Entity {store: $store, id: 'planted'})")]
    [InlineData("CREATE INDEX planted IF NOT EXISTS FOR (n:Planted) ON (n.id)")]
    [InlineData("PROFILE MATCH (n:Entity {store: $store}) SET n.planted = true RETURN n")]
    [InlineData("/* PROFILE */ CALL db.createLabel('Planted')")]
    public async Task Refuses_whatever_writes_and_nothing_is_written(string cypher)
    {
        await using var store = await StoreAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);

        var said = await program.RunAsync("query", cypher, "--store", store.Store.Location);

        Assert.Equal(2, said.Code);
        Assert.Contains("does not only read", said.Errors);
        Assert.Equal(["3"], await store.TextsAsync("MATCH (n:Entity {store: $store}) WHERE n.planted IS NULL RETURN count(n)"));
        Assert.Equal(["0"], await store.TextsAsync("SHOW INDEXES YIELD name WHERE name = 'planted' RETURN count(*)"));
    }

    [Fact]
    public async Task Says_which_limit_cut_the_answer_and_exits_8()
    {
        await using var store = await StoreAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);

        var rows = await program.RunAsync("query", "UNWIND range(1, 100) AS n RETURN n", "--max-rows", "7", "--store", store.Store.Location, "-o", "ndjson");
        var time = await program.RunAsync("query", "UNWIND range(1, 1000000000) AS n WITH n WHERE n < 0 RETURN n", "--max-time", "300ms", "--store", store.Store.Location);
        var memory = await program.RunAsync("query", "UNWIND range(1, 40000) AS n RETURN [i IN range(1, 20) | 'xxxxxxxxxxxxxxxx'] AS x", "--max-memory", "1", "--max-rows", "40000", "--store", store.Store.Location, "-o", "ndjson", "-f", "rows");

        Assert.Equal((8, 7), (rows.Code, rows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Contains("only the first 7 rows", rows.Errors);
        Assert.Equal(8, time.Code);
        Assert.Contains("stopped it after 0.3 s", time.Errors);
        Assert.Equal(8, memory.Code);
        Assert.Contains("more than 1 MiB", memory.Errors);
        Assert.Equal(0, (await program.RunAsync("query", "UNWIND range(1, 100) AS n RETURN n", "--max-rows", "100", "--store", store.Store.Location)).Code);
    }

    [Fact]
    public async Task Takes_parameters_by_how_they_are_written_or_by_what_the_statement_says_of_them()
    {
        await using var store = await StoreAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);

        var typed = await program.RunAsync("query", "RETURN valueType($n) AS n, valueType($t) AS t, valueType($i) AS i, valueType($l) AS l, valueType($q) AS q, $store AS store, toString($asOf) AS asOf", "--param", "n=7", "--param", "t=pat", "--param", "i=2025-06-02T00:00:00Z", "--param", "l=[1,2]", "--param", "q=\"7\"", "--store", store.Store.Location, "-o", "csv");
        var recipe = await program.RunAsync("query", "--saved", "state-at-a-moment", "--param", "id=pat", "--param", "asOf=2025-06-03", "--store", store.Store.Location);
        var missing = await program.RunAsync("query", "RETURN $nobody AS x", "--store", store.Store.Location);

        Assert.Equal($"INTEGER NOT NULL,STRING NOT NULL,ZONED DATETIME NOT NULL,LIST<INTEGER NOT NULL> NOT NULL,STRING NOT NULL,{store.Name},2025-06-02T09:00:00Z", typed.Output.Split('\n')[1].TrimEnd('\r').Replace("\"", ""));
        Assert.Equal(0, recipe.Code);
        Assert.Contains("Active", recipe.Output);
        Assert.Equal(2, missing.Code);
        Assert.Contains("--param NAME=VALUE", missing.Errors);
    }

    [Fact]
    public async Task A_query_is_saved_for_everybody_once_and_run_by_name()
    {
        await using var store = await StoreAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);
        string[] at = ["--store", store.Store.Location];

        Assert.Equal(0, (await program.RunAsync(["saved", "add", "shut", "// Accounts that are shut.\n// params:  $store STRING\n// returns: id STRING\nMATCH (a:Account {store: $store, state: 'Disabled'}) RETURN a.id AS id", .. at])).Code);
        var again = await program.RunAsync(["saved", "add", "shut", "RETURN 1 AS one", .. at]);
        var writes = await program.RunAsync(["saved", "add", "evil", "CREATE (n) RETURN n", .. at]);
        var run = await program.RunAsync(["saved", "run", "shut", "-o", "csv", .. at]);
        var list = await program.RunAsync(["saved", "list", "-o", "csv", .. at]);

        Assert.Equal(2, again.Code);
        Assert.Contains("--replace", again.Errors);
        Assert.Equal(2, writes.Code);
        Assert.Equal((0, "kim"), (run.Code, run.Output.Split('\n')[1].Trim().Trim('"')));
        Assert.Contains("shut,store,,Accounts that are shut.", list.Output.Replace("\"", ""));
        Assert.Contains("who-has-access,cookbook", list.Output.Replace("\"", ""));
        Assert.Equal(0, (await program.RunAsync(["saved", "add", "shut", "RETURN 1 AS one", "--replace", .. at])).Code);
        Assert.Equal(2, (await program.RunAsync(["saved", "run", "nothing-of-that-name", .. at])).Code);
    }

    [Fact]
    public async Task A_store_in_a_folder_has_no_Cypher_and_a_cookbook_all_the_same()
    {
        using var program = new BuiltProgram();
        Assert.Equal(0, (await program.RunAsync("init", "--store", "folder")).Code);

        var asked = await program.RunAsync("query", "RETURN 1 AS one", "--store", "folder");

        Assert.Equal(2, asked.Code);
        Assert.Contains("is a folder, which knows no Cypher", asked.Errors);
        Assert.Equal(File.ReadAllText(Repository.File("docs/cookbook.md")).ReplaceLineEndings("\n"), (await program.RunAsync("saved", "list", "-o", "md", "--store", "folder")).Output.ReplaceLineEndings("\n"));
    }

    private async Task<ProjectedStore> StoreAsync()
    {
        var store = await ProjectedStore.OfAsync(neo4j, s_facts);
        await store.ProjectAsync();
        return store;
    }
}
