using IdentityGraph.Cli;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Bolt;
using IdentityGraph.Tests.Cli;

namespace IdentityGraph.Tests.Stores;

public sealed class StoreCheckCommandTests(Neo4jServer neo4j) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sound_store_exits_0_and_a_damaged_one_5_with_the_file_and_the_way_out()
    {
        var path = _folder.Sub();
        var store = EmbeddedGraphStore.Create(path);
        await using (var writer = await store.BeginRunAsync(new() { Source = "okta", StartedAt = DateTimeOffset.UnixEpoch }, TestContext.Current.CancellationToken))
        {
            await writer.SealAsync(new(), TestContext.Current.CancellationToken);
        }

        var sound = await Check(path);
        var file = Path.Combine(path, "runs", "00000001.run");
        File.Delete(file);
        var damaged = await Check(path);

        Assert.Equal((0, "damage,file,offset,problem,wayOut\n"), sound);
        Assert.Equal(5, damaged.Exit);
        Assert.Contains($"run,{file},0,", damaged.Said, StringComparison.Ordinal);
        Assert.Contains("restore this file from a copy of the store", damaged.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graph_for_Cypher_that_somebody_changed_is_told_harms_no_run_and_is_mended_by_what_is_told()
    {
        await using var store = await ProjectedStore.OfAsync(
            neo4j,
            """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T09:00:00Z"}""",
            """{"node":"pat","kind":"Account","props":{"state":"Active","name":"Pat"}}""");
        await store.ProjectAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);
        string[] check = ["store", "check", "--store", store.Store.Location, "-o", "csv"];

        var sound = await program.RunAsync(check);
        await store.AskAsync("MATCH (a:Account {store: $store})-[:WAS]->(r:Revision) DETACH DELETE a, r");
        var changed = await program.RunAsync(check);
        var plain = await program.RunAsync("store", "project", "--store", store.Store.Location);
        await store.AskAsync("MATCH (a:Account {store: $store}) SET a.state = 'Disabled'");
        var anew = await program.RunAsync("store", "project", "--anew", "--store", store.Store.Location, "-o", "csv");

        Assert.Equal((0, 1), (sound.Code, Lines(sound.Output).Length));
        Assert.Equal((0, 3), (changed.Code, Lines(changed.Output).Length));
        Assert.StartsWith("graph,the graph for Cypher,,1 entities were written and 0 are there: somebody else changed it,", Lines(changed.Output)[1], StringComparison.Ordinal);
        Assert.Contains("store project --anew", Lines(changed.Output)[1], StringComparison.Ordinal);
        Assert.Equal(0, plain.Code);
        Assert.Equal(0, anew.Code);
        Assert.EndsWith(",1,0,1,0", Lines(anew.Output)[1], StringComparison.Ordinal);
        Assert.Equal(["Active"], await store.TextsAsync("MATCH (a:Account {store: $store}) RETURN a.state"));
        Assert.Equal(sound.Output, (await program.RunAsync(check)).Output);
    }

    private static string[] Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];

    private static async Task<(int Exit, string Said)> Check(string path)
    {
        var said = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = said,
            Error = TextWriter.Null,
            In = () => Stream.Null,
            Environment = new Dictionary<string, string>(),
            Time = TimeProvider.System,
        };
        return (await CommandLine.RunAsync(["store", "check", "--store", path, "-o", "csv"], terminal), said.ToString());
    }
}
