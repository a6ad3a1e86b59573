using System.Text.Json;

namespace IdentityGraph.Tests.Cli;

/// <summary>A key in a note opens a robot that writes the ledger; the clerk reads the note, and the ledger too. Questions about reach as commands.</summary>
public sealed class ReachQuestionsTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task Exposure_lists_who_attains_the_target()
    {
        await ImportAsync();

        var data = await AskAsync(0, "exposure", "ledger", "--level", "L3");
        Assert.Equal(["clerk", "key", "robot"], data.GetProperty("attackers").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        var clerk = data.GetProperty("attackers")[0];
        Assert.Equal("Account", clerk.GetProperty("kind").GetString());
        Assert.Equal(4, clerk.GetProperty("hops").GetInt32());
        Assert.Equal("DRW", clerk.GetProperty("certain").GetProperty("direct").GetString());
        Assert.Equal("DRW", clerk.GetProperty("possible").GetProperty("amplified").GetString());
        Assert.Equal(0.75, data.GetProperty("share").GetDouble());

        var said = await _idgraph.RunAsync("exposure", "ledger", "--as-of", AsOf);
        Assert.Contains("3 of 4 principals and credentials attain ledger, 0 of them only possibly", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_come_shortest_first_and_none_goes_through_what_is_avoided()
    {
        await ImportAsync();

        var data = await AskAsync(0, "path", "clerk", "ledger", "--k", "3", "--level", "L2");
        Assert.Equal([2, 5], data.GetProperty("paths").EnumerateArray().Select(path => path.GetArrayLength()));
        Assert.True(data.GetProperty("all").GetBoolean());
        Assert.Equal(1, (await AskAsync(0, "path", "clerk", "ledger", "--k", "3", "--level", "L2", "--avoid", "note")).GetProperty("paths").GetArrayLength());
        Assert.Equal(0, (await AskAsync(0, "path", "guard", "ledger", "--k", "3")).GetProperty("paths").GetArrayLength());
    }

    [Fact]
    public async Task Why_not_names_the_gate_and_where_nothing_leads_there_says_so()
    {
        await ImportAsync();

        var gated = (await AskAsync(0, "why-not", "guard", "note")).GetProperty("blocked").EnumerateArray().Single();
        Assert.Equal("gate corpNetwork ENTITLES guard note", string.Join(' ', gated.GetProperty("reason"), gated.GetProperty("gate"), gated.GetProperty("fact").GetProperty("edge"), gated.GetProperty("fact").GetProperty("of"), gated.GetProperty("fact").GetProperty("to")));
        Assert.Equal(JsonValueKind.Null, gated.GetProperty("until").ValueKind);
        Assert.Equal("True", (await AskAsync(0, "why-not", "guard", "note", "--profile", "Insider")).GetProperty("reached").GetString());
        Assert.Equal(0, (await AskAsync(0, "why-not", "robot", "note")).GetProperty("blocked").GetArrayLength());
        Assert.Contains("no facts", (await _idgraph.RunAsync("why-not", "robot", "note", "--as-of", AsOf)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cuts_are_ids_by_node_facts_by_edge_and_what_to_do_by_action()
    {
        await ImportAsync();
        string[] asked = ["cuts", "--from", "key", "--to", "ledger"];

        var cut = (await AskAsync(0, asked)).GetProperty("cuts").EnumerateArray().Single();
        Assert.Equal(["key"], cut.GetProperty("members").EnumerateArray().Select(member => member.GetString()));
        Assert.Equal("1 proved minimal True", string.Join(' ', cut.GetProperty("cost"), cut.GetProperty("status"), cut.GetProperty("verified")));
        var edge = (await AskAsync(0, [.. asked, "--by", "edge"])).GetProperty("cuts")[0].GetProperty("members")[0];
        Assert.Equal("AUTHENTICATES_AS key robot", string.Join(' ', edge.GetProperty("edge"), edge.GetProperty("of"), edge.GetProperty("to")));
        var action = (await AskAsync(0, [.. asked, "--by", "action"])).GetProperty("chokePoints")[0];
        Assert.Equal("remove right", (await AskAsync(0, [.. asked, "--by", "action", "--all"])).GetProperty("cuts")[1].GetProperty("members")[0].GetProperty("action").GetString());
        Assert.Equal(JsonValueKind.Null, action.GetProperty("gate").ValueKind);
    }

    [Theory]
    [InlineData(2, "cuts", "--from", "key", "--to", "ledger", "--max-size", "0")]
    [InlineData(2, "cuts", "--from", "key")]
    [InlineData(3, "cuts", "--from", "key", "--to", "nobody")]
    [InlineData(2, "path", "clerk", "ledger", "--k", "0")]
    [InlineData(2, "exposure", "ledger", "--level", "L9")]
    [InlineData(3, "exposure", "nobody")]
    [InlineData(3, "path", "clerk", "ledger", "--avoid", "nobody")]
    [InlineData(8, "exposure", "ledger", "--budget", "0.000001s")]
    public async Task What_cannot_be_answered_says_so_by_its_code(int code, params string[] words)
    {
        await ImportAsync();

        var said = await _idgraph.RunAsync([.. words, "--as-of", AsOf]);
        Assert.Equal(code, said.Code);
    }

    private async Task<JsonElement> AskAsync(int code, params string[] words)
    {
        var said = await _idgraph.RunAsync([.. words, "--as-of", AsOf, "-o", "json"]);
        Assert.True(said.Code == code, said.Errors + said.Output);
        return JsonDocument.Parse(said.Output).RootElement.GetProperty("data");
    }

    private async Task ImportAsync()
    {
        var file = _idgraph.Write(
            "facts.ndjson",
            [
                """{"idgraph":1,"source":"estate","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:00:00Z"}""",
                """{"node":"clerk","kind":"Account","props":{"state":"Active"}}""",
                """{"node":"guard","kind":"Account","props":{"state":"Active"}}""",
                """{"node":"robot","kind":"ServiceIdentity","props":{"state":"Active"}}""",
                """{"node":"key","kind":"Credential","props":{"kind":"apiKey","expiresAt":null,"extractable":true}}""",
                """{"node":"note","kind":"Resource"}""",
                """{"node":"ledger","kind":"Resource"}""",
                """{"edge":"ENTITLES","of":"clerk","to":"note","props":{"level":"L2"}}""",
                """{"edge":"ENTITLES","of":"clerk","to":"ledger","props":{"level":"L2"}}""",
                """{"edge":"ENTITLES","of":"guard","to":"note","props":{"level":"L2","gates":["corpNetwork"]}}""",
                """{"edge":"STORED_IN","of":"key","to":"note"}""",
                """{"edge":"AUTHENTICATES_AS","of":"key","to":"robot"}""",
                """{"edge":"ENTITLES","of":"robot","to":"ledger","props":{"level":"L3"}}""",
                .. new[] { "Account", "ServiceIdentity", "Credential", "Resource", "ENTITLES", "STORED_IN", "AUTHENTICATES_AS" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
            ]);
        var said = await _idgraph.RunAsync("import", file);
        Assert.True(said.Code == 0, said.Errors);
    }
}
