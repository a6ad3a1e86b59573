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

    [Fact]
    public async Task Only_cuts_that_are_listed_are_said_to_be_verified()
    {
        await ImportAsync();

        var none = await _idgraph.RunAsync("cuts", "--from", "key", "--to", "key", "--as-of", AsOf);
        Assert.Contains("0 cut(s)", none.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("verified", none.Output, StringComparison.Ordinal);
        Assert.Contains("Each cut was verified", (await _idgraph.RunAsync("cuts", "--from", "key", "--to", "ledger", "--as-of", AsOf)).Output, StringComparison.Ordinal);
    }

    /// <summary>A robot in a group that writes the ledger: nobody attains a group, and that must not read as if nobody were in it.</summary>
    [Fact]
    public async Task Of_a_group_no_answer_reads_as_clean()
    {
        await ImportAsync();

        var exposure = await _idgraph.RunAsync("exposure", "writers", "--as-of", AsOf, "-q");
        Assert.Contains("writers is of kind Group, which nobody attains itself: this says nothing of who is in it", exposure.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("0.0 %", exposure.Output, StringComparison.Ordinal);
        Assert.Contains("nobody attains it itself; no fact says what it gives rights on", (await _idgraph.RunAsync("path", "key", "writers", "--as-of", AsOf)).Errors, StringComparison.Ordinal);
        var why = await _idgraph.RunAsync("why-not", "key", "writers", "--as-of", AsOf, "-q");
        Assert.Contains("what `key` leads to is in it and has what it gives", why.Output, StringComparison.Ordinal);
        var cuts = await _idgraph.RunAsync("cuts", "--from", "key", "--to", "writers", "--as-of", AsOf);
        Assert.Contains("this does not say that nothing needs cutting", cuts.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not even possibly", cuts.Output + cuts.Errors, StringComparison.Ordinal);

        Assert.Contains("what `guard` leads to is not in it", (await _idgraph.RunAsync("why-not", "guard", "writers", "--as-of", AsOf)).Output, StringComparison.Ordinal);
        Assert.Contains("nothing needs cutting", (await _idgraph.RunAsync("cuts", "--from", "guard", "--to", "ledger", "--as-of", AsOf)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_source_described_people_it_is_unknown_who_left()
    {
        await ImportAsync();

        var said = await _idgraph.RunAsync("leaver", "--all", "--as-of", AsOf, "-q");
        Assert.Contains("Unknown who left", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("No leavers", said.Output, StringComparison.Ordinal);

        await ImportAsync("people", """{"node":"ann","kind":"Person"}""", """{"node":"ann-1","kind":"Employment","props":{"startAt":"2020-01-01T00:00:00Z"}}""", """{"edge":"EMPLOYED_AS","of":"ann","to":"ann-1"}""");
        Assert.DoesNotContain("Unknown who left", (await _idgraph.RunAsync("leaver", "--all", "--as-of", AsOf)).Output, StringComparison.Ordinal);
    }

    /// <summary>A key somebody found, of which nobody said what it opens or whether it expired: its 0 is no clean bill, alone or ranked.</summary>
    [Fact]
    public async Task A_found_key_that_leads_nowhere_is_not_told_as_clean()
    {
        await ImportAsync("scan", """{"node":"found","kind":"Credential","props":{"kind":"apiKey"}}""");

        Assert.Contains("nothing follows from `found`: no fact says what it may do", (await _idgraph.RunAsync("blast-radius", "found", "--as-of", AsOf)).Errors, StringComparison.Ordinal);
        Assert.Contains("1 of 1 lead to nothing by what is known", (await _idgraph.RunAsync("blast-radius", "--kind", "Credential", "--as-of", AsOf)).Errors, StringComparison.Ordinal);
        await ImportAsync();
        Assert.DoesNotContain("lead to nothing", (await _idgraph.RunAsync("blast-radius", "--all", "--as-of", AsOf)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ranking_of_all_says_that_accounts_are_not_in_it()
    {
        await ImportAsync();

        var all = await _idgraph.RunAsync("blast-radius", "--all", "--as-of", AsOf);
        Assert.Contains("Blast radius of each of 1 non-human identities", all.Output, StringComparison.Ordinal);
        Assert.Contains("Accounts and people are not among these", all.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not among these", (await _idgraph.RunAsync("blast-radius", "--kind", "Account", "--as-of", AsOf)).Output, StringComparison.Ordinal);
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

    /// <summary>Every question that a budget can cut, of an estate with something to say to each of them.</summary>
    [Theory]
    [InlineData("exposure", "ledger")]
    [InlineData("blast-radius", "key")]
    [InlineData("blast-radius", "--all")]
    [InlineData("residue", "key", "--contain", "key", "--contained-at", "2025-06-02T08:30:00Z")]
    [InlineData("influence", "robot")]
    [InlineData("orphans")]
    [InlineData("leaver", "--all")]
    [InlineData("findings", "list")]
    [InlineData("analyze")]
    [InlineData("path", "clerk", "ledger")]
    [InlineData("why-not", "ledger", "clerk")]
    [InlineData("cuts", "--from", "key", "--to", "ledger")]
    [InlineData("ask", "spawned", "robot")]
    [InlineData("ask", "dormant")]
    public async Task The_first_line_of_an_answer_that_was_cut_is_of_so_far(params string[] words)
    {
        await ImportAsync();

        var cut = await _idgraph.RunAsync([.. words, "--as-of", AsOf, "--budget", "0.0001ms"]);
        Assert.Equal(cut.Code == 8, cut.Output.StartsWith("SO FAR (", StringComparison.Ordinal));
        Assert.Equal(cut.Code == 8, cut.Errors.Contains("truncated: ", StringComparison.Ordinal));
        var whole = await _idgraph.RunAsync([.. words, "--as-of", AsOf, "--budget", "5m"]);
        Assert.DoesNotContain("SO FAR", whole.Output, StringComparison.Ordinal);
    }

    private async Task<JsonElement> AskAsync(int code, params string[] words)
    {
        var said = await _idgraph.RunAsync([.. words, "--as-of", AsOf, "-o", "json"]);
        Assert.True(said.Code == code, said.Errors + said.Output);
        return JsonDocument.Parse(said.Output).RootElement.GetProperty("data");
    }

    private async Task ImportAsync(string source, params string[] lines)
    {
        var file = _idgraph.Write($"{source}.ndjson", [$$"""{"idgraph":1,"source":"{{source}}","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:00:00Z"}""", .. lines]);
        var said = await _idgraph.RunAsync("import", file);
        Assert.True(said.Code == 0, said.Errors);
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
                """{"node":"writers","kind":"Group"}""",
                """{"edge":"MEMBER_OF","of":"robot","to":"writers"}""",
                """{"edge":"ENTITLES","of":"clerk","to":"note","props":{"level":"L2"}}""",
                """{"edge":"ENTITLES","of":"clerk","to":"ledger","props":{"level":"L2"}}""",
                """{"edge":"ENTITLES","of":"guard","to":"note","props":{"level":"L2","gates":["corpNetwork"]}}""",
                """{"edge":"STORED_IN","of":"key","to":"note"}""",
                """{"edge":"AUTHENTICATES_AS","of":"key","to":"robot"}""",
                """{"edge":"ENTITLES","of":"robot","to":"ledger","props":{"level":"L3"}}""",
                .. new[] { "Account", "ServiceIdentity", "Credential", "Resource", "Group", "MEMBER_OF", "ENTITLES", "STORED_IN", "AUTHENTICATES_AS" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
            ]);
        var said = await _idgraph.RunAsync("import", file);
        Assert.True(said.Code == 0, said.Errors);
    }
}
