using System.Text.Json;

namespace IdentityGraph.Tests.Cli;

/// <summary>What-ifs on the command line: before and after side by side, and nothing written.</summary>
public sealed class OverlayCommandTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task A_removed_node_moves_what_only_it_led_to()
    {
        await ImportAsync();

        var said = await AskAsync("blast-radius", "key", "--remove", "robot");
        Assert.Empty(said.GetProperty("data").GetProperty("reached").EnumerateArray());
        var whatIf = said.GetProperty("whatIf");
        Assert.Equal(["ledger", "robot"], whatIf.GetProperty("moved").EnumerateArray().Select(moved => moved.GetProperty("id").GetString()));
        Assert.Equal("L3", whatIf.GetProperty("moved")[0].GetProperty("before").GetProperty("level").GetString());
        Assert.Equal(JsonValueKind.Null, whatIf.GetProperty("moved")[0].GetProperty("after").ValueKind);
        Assert.Equal(2, whatIf.GetProperty("before").GetProperty("reached").GetArrayLength());
        Assert.False((await AskAsync("blast-radius", "key")).TryGetProperty("whatIf", out _));
    }

    [Fact]
    public async Task Files_and_removals_are_laid_over_together_and_a_start_may_be_one_that_is_added()
    {
        await ImportAsync();
        var file = _idgraph.Write("new.ndjson", """{"node":"trial","kind":"Credential","props":{"kind":"apiKey","expiresAt":null}}""", """{"edge":"AUTHENTICATES_AS","of":"trial","to":"robot"}""");

        var said = await AskAsync("path", "trial", "ledger", "--add", file);
        Assert.Equal(1, said.GetProperty("data").GetProperty("paths").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, said.GetProperty("whatIf").GetProperty("before").ValueKind);
        Assert.Equal(0, (await AskAsync("path", "trial", "ledger", "--overlay", file, "--remove", "robot")).GetProperty("data").GetProperty("paths").GetArrayLength());
        Assert.Equal(3, (await _idgraph.RunAsync("path", "trial", "ledger", "--as-of", AsOf)).Code);
    }

    [Theory]
    [InlineData("node", "key, robot")]
    [InlineData("edge", "key AUTHENTICATES_AS robot, robot ENTITLES ledger")]
    public async Task Cuts_that_move_are_named_by_their_members(string by, string named)
    {
        await ImportAsync();

        var moved = (await AskAsync("cuts", "--from", "key", "--to", "ledger", "--all", "--by", by, "--remove", "robot")).GetProperty("whatIf").GetProperty("moved").EnumerateArray().ToList();
        Assert.Equal(named, string.Join(", ", moved.Where(one => one.GetProperty("list").GetString() == "cuts").Select(one => one.GetProperty("id").GetString())));
        Assert.Equal(named, string.Join(", ", moved.Where(one => one.GetProperty("list").GetString() == "chokePoints").Select(one => one.GetProperty("id").GetString())));
    }

    [Fact]
    public async Task What_no_longer_blocks_is_named_by_its_fact_and_the_reason_and_what_to_do_by_its_object()
    {
        await ImportAsync();

        var actions = (await AskAsync("cuts", "--from", "key", "--to", "ledger", "--all", "--by", "action", "--remove", "robot")).GetProperty("whatIf").GetProperty("moved");
        Assert.Contains("remove right on robot ENTITLES ledger", actions.EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.All(actions.EnumerateArray(), one => Assert.DoesNotContain('{', one.GetProperty("id").GetString()!));

        var file = _idgraph.Write("revoked.ndjson", """{"node":"key","props":{"revokedAt":"2025-06-01T00:00:00Z"}}""");
        var blocked = (await AskAsync("why-not", "key", "ledger", "--overlay", file)).GetProperty("whatIf").GetProperty("moved").EnumerateArray().Single(one => one.GetProperty("list").GetString() == "blocked");
        Assert.EndsWith(": revoked", blocked.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_shows_both_sides_of_what_changes()
    {
        await ImportAsync();
        var file = _idgraph.Write("narrow.ndjson", """{"edge":"ENTITLES","of":"robot","to":"ledger","props":{"level":"L2"}}""");

        var said = await _idgraph.RunAsync("blast-radius", "key", "--overlay", file, "--as-of", AsOf);
        Assert.Contains("What if: 1 facts added or changed, 0 nodes and 0 edges removed. 0 appear, 0 disappear, 1 change", said.Output, StringComparison.Ordinal);
        Assert.Matches("reached +ledger +certain DRW, possible DRW, level L3 +certain DR, possible DR, level L2", said.Output);
    }

    [Fact]
    public async Task Only_a_proof_has_steps_and_an_empty_list_is_none()
    {
        await ImportAsync();

        var said = await _idgraph.RunAsync("assert", "no-path", "--from", "key", "--to", "ledger", "--remove", "robot", "--as-of", AsOf);
        Assert.Matches("offences 1 listed .*offences none", said.Output);
        Assert.DoesNotContain(" steps", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "import", "--remove", "robot", "facts.ndjson")]
    [InlineData(2, "rules", "list", "--remove", "robot")]
    [InlineData(3, "blast-radius", "key", "--remove", "nobody")]
    [InlineData(2, "blast-radius", "key", "--overlay", "missing.ndjson")]
    [InlineData(2, "blast-radius", "key", "--overlay", "typo.ndjson")]
    [InlineData(2, "blast-radius", "key", "--overlay", "later.ndjson")]
    [InlineData(2, "blast-radius", "key", "--overlay", "empty.ndjson")]
    [InlineData(0, "blast-radius", "key", "--overlay", "run.ndjson")]
    public async Task What_cannot_be_laid_over_is_refused(int code, params string[] words)
    {
        await ImportAsync();
        _idgraph.Write("typo.ndjson", """{"node":"robot","propps":{"state":"Disabled"}}""");

        _idgraph.Write("empty.ndjson");
        _idgraph.Write("later.ndjson", """{"idgraph":2}""", """{"node":"robot","props":{"state":"Disabled"}}""");
        _idgraph.Write("run.ndjson", """{"idgraph":1,"source":"trial","startedAt":"2025-06-02T08:00:00Z"}""", """{"node":"robot","props":{"state":"Disabled"}}""", """{"end":"ServiceIdentity","complete":true}""");

        Assert.Equal(code, (await _idgraph.RunAsync([.. words, "--as-of", AsOf])).Code);
    }

    private async Task<JsonElement> AskAsync(params string[] words)
    {
        var said = await _idgraph.RunAsync([.. words, "--as-of", AsOf, "-o", "json"]);
        Assert.True(said.Code == 0, said.Errors + said.Output);
        return JsonDocument.Parse(said.Output).RootElement;
    }

    private async Task ImportAsync()
    {
        var file = _idgraph.Write(
            "facts.ndjson",
            [
                """{"idgraph":1,"source":"estate","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:00:00Z"}""",
                """{"node":"robot","kind":"ServiceIdentity","props":{"state":"Active"}}""",
                """{"node":"key","kind":"Credential","props":{"kind":"apiKey","expiresAt":null,"extractable":true}}""",
                """{"node":"ledger","kind":"Resource"}""",
                """{"edge":"AUTHENTICATES_AS","of":"key","to":"robot"}""",
                """{"edge":"ENTITLES","of":"robot","to":"ledger","props":{"level":"L3"}}""",
                .. new[] { "ServiceIdentity", "Credential", "Resource", "ENTITLES", "AUTHENTICATES_AS" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
            ]);
        var said = await _idgraph.RunAsync("import", file);
        Assert.True(said.Code == 0, said.Errors);
    }
}
