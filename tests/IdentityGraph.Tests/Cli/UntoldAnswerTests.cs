namespace IdentityGraph.Tests.Cli;

/// <summary>What nobody described or read is never told as if it were clean: in the first line, and in the exit code where nothing can be told.</summary>
public sealed class UntoldAnswerTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task A_secret_that_only_an_edge_names_is_no_dead_one()
    {
        await ImportAsync();

        var chain = await RunAsync(0, "identity", "chain", "kim");
        Assert.Matches("key +Unknown .*unknown +named by an edge, never described", chain.Output);
        Assert.DoesNotContain("dead", chain.Output, StringComparison.Ordinal);
        var radius = await RunAsync(3, "blast-radius", "key");
        Assert.StartsWith("Blast radius of key (ExternalBearer): cannot be told, because no source ever described it", radius.Output, StringComparison.Ordinal);
        Assert.StartsWith("Blast radius of robot (ExternalBearer): 2 reached", (await RunAsync(0, "blast-radius", "robot")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_says_at_once_whether_it_is_certain()
    {
        await ImportAsync();

        Assert.StartsWith("The shortest path, certain\n", (await RunAsync(0, "path", "robot", "ledger")).Output, StringComparison.Ordinal);
        Assert.StartsWith("The shortest path, only POSSIBLE (1.0 seed Unknown)\n", (await RunAsync(0, "path", "doubtful", "ledger")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_passes_on_what_was_read_and_says_so()
    {
        await ImportAsync();

        var said = await RunAsync(0, "assert", "no-path", "--from", "idle", "--to", "ledger");
        Assert.StartsWith("1 passed, 0 failed; 1 of 1 sources were not read to their end", said.Output, StringComparison.Ordinal);
        Assert.Contains("estate was never read to its end", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_handoff_or_person_was_read_none_is_no_answer()
    {
        await ImportAsync(withPerson: false);

        Assert.Contains("no source that states handoffs was read", (await RunAsync(0, "handoff", "list")).Errors, StringComparison.Ordinal);
        Assert.StartsWith("Unknown who left", (await RunAsync(3, "leaver", "--all")).Output, StringComparison.Ordinal);
    }

    private async Task<Said> RunAsync(int code, params string[] words)
    {
        var said = await _idgraph.RunAsync([.. words, "--as-of", AsOf]);
        Assert.True(said.Code == code, $"{said.Code}: {said.Output}{said.Errors}");
        return said;
    }

    private async Task ImportAsync(bool withPerson = true)
    {
        string[] person = withPerson ? ["""{"node":"kim","kind":"Person"}""", """{"edge":"HELD_BY","of":"key","to":"kim"}"""] : [];
        var file = _idgraph.Write(
            "facts.ndjson",
            [
                """{"idgraph":1,"source":"estate","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:00:00Z"}""",
                .. person,
                """{"node":"robot","kind":"ServiceIdentity","props":{"state":"Active"}}""",
                """{"node":"idle","kind":"ServiceIdentity","props":{"state":"Active"}}""",
                """{"node":"doubtful","kind":"ServiceIdentity","props":{"state":"Unknown"}}""",
                """{"node":"ledger","kind":"Resource"}""",
                """{"node":"wiki","kind":"Resource"}""",
                .. new[] { "robot ledger", "robot wiki", "doubtful ledger" }.Select(pair => pair.Split(' ')).Select(pair => $$$"""{"edge":"ENTITLES","of":"{{{pair[0]}}}","to":"{{{pair[1]}}}","props":{"level":"L3"}}"""),
            ]);
        var said = await _idgraph.RunAsync("import", file);
        Assert.True(said.Code == 0, said.Errors);
    }
}
