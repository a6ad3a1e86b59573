namespace IdentityGraph.Tests.Cli;

/// <summary>What was only seen, or stood in a refused line, was there: that no rule begins at it is no reason to call anything clean.</summary>
public sealed class UndescribedTests : IDisposable
{
    private const string AsOf = "2025-06-02T08:00:00Z";
    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Theory]
    [InlineData("""{"seen":"g"}""", 0)]
    [InlineData("""{"node":"g","kind":"Group","from":"2025-99-01"}""", 7)]
    public async Task A_group_that_was_only_seen_may_lead_anywhere(string group, int imported)
    {
        await ImportAsync(group, imported);

        var assert = await _idgraph.RunAsync("assert", "no-path", "--from", "u", "--to", "r", "--as-of", AsOf);
        Assert.Equal(1, assert.Code);
        Assert.Contains("`g` was only seen, not read", assert.Output + assert.Errors, StringComparison.Ordinal);
        foreach (var question in new[] { "blast-radius u", "blast-radius u --mode timeRespecting --from 2025-06-01", "residue u --contain u --contained-at 2025-06-02T08:00:00Z", "path u r", "why-not u r", "exposure r", "orphans", "leaver --all", "leaver kim" })
        {
            Assert.Contains("`g` was only seen, not read", (await _idgraph.RunAsync([.. question.Split(' '), "--as-of", AsOf])).Errors, StringComparison.Ordinal);
        }

        Assert.Equal(1, (await _idgraph.RunAsync("assert", "no-orphans", "--as-of", AsOf)).Code);
        Assert.Equal(1, (await _idgraph.RunAsync("assert", "no-live-leaver", "--as-of", AsOf)).Code);
        Assert.Equal(1, (await _idgraph.RunAsync("assert", "no-live-leaver", "kim", "--as-of", AsOf)).Code);
    }

    [Fact]
    public async Task Through_one_that_only_edges_name_no_claim_passes()
    {
        await ImportAsync("""{"node":"h","kind":"Group"}""", 0);

        var assert = await _idgraph.RunAsync("assert", "no-path", "--from", "u", "--to", "r", "--as-of", AsOf);
        Assert.Equal(1, assert.Code);
        Assert.Equal(0, (await _idgraph.RunAsync("assert", "no-path", "--from", "u", "--to", "r", "--as-of", AsOf, "--allow-possible")).Code);
        Assert.Contains("`g` was named by edges and described by no source", assert.Output + assert.Errors, StringComparison.Ordinal);
        Assert.Contains("`g` was named by edges and described by no source", (await _idgraph.RunAsync("blast-radius", "u", "--as-of", AsOf)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_read_is_followed_and_nothing_is_said()
    {
        await ImportAsync("""{"node":"g","kind":"Group"}""", 0);

        var assert = await _idgraph.RunAsync("assert", "no-path", "--from", "u", "--to", "r", "--as-of", AsOf);
        Assert.Equal(1, assert.Code);
        Assert.DoesNotContain("only seen", assert.Output + assert.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await _idgraph.RunAsync("assert", "no-live-leaver", "--as-of", AsOf)).Code);
    }

    private async Task ImportAsync(string group, int code)
    {
        _idgraph.Write(
            "facts.ndjson",
            [
                """{"idgraph":1,"source":"app","startedAt":"2025-06-02T08:00:00Z"}""",
                """{"node":"u","kind":"Account","props":{"state":"Active"}}""",
                """{"node":"kim","kind":"Person"}""",
                """{"node":"bot","kind":"ServiceIdentity","props":{"state":"Active"}}""",
                """{"edge":"OWNED_BY","of":"bot","to":"kim"}""",
                """{"node":"job","kind":"Employment","props":{"startAt":"2020-01-01T00:00:00Z","endAt":null,"status":"active"}}""",
                """{"edge":"EMPLOYED_AS","of":"kim","to":"job"}""",
                """{"node":"r","kind":"Resource"}""",
                group,
                """{"edge":"MEMBER_OF","of":"u","to":"g"}""",
                """{"edge":"ENTITLES","of":"g","to":"r","props":{"level":"L3"}}""",
                .. new[] { "Account", "Person", "ServiceIdentity", "Employment", "EMPLOYED_AS", "OWNED_BY", "Resource", "Group", "MEMBER_OF", "ENTITLES" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
            ]);
        Assert.Equal(code, (await _idgraph.RunAsync("import", "facts.ndjson", "--allow-rejects")).Code);
    }
}
