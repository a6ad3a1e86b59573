using System.Text.Json;

namespace IdentityGraph.Tests.Cli;

/// <summary>An investigator marks a key as stolen and, later, that it is over: kept like any other observation.</summary>
public sealed class ExposureMarkTests : IDisposable
{
    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task A_mark_is_a_start_of_its_own_and_is_in_the_export()
    {
        await ImportAsync();

        var mark = (await AskAsync("exposure", "mark", "key", "--at", "2025-06-03", "--basis", "case 4711")).GetProperty("marks")[0];
        var exposure = mark.GetProperty("exposure").GetString()!;
        Assert.Equal("investigation:exposure/key%402025-06-03T00%3A00%3A00Z", exposure);
        Assert.Equal(["db", "robot"], await ReachedAsync(exposure, "2025-06-04"));
        Assert.Empty(await ReachedAsync(exposure, "2025-06-02"));
        var export = await _idgraph.RunAsync("export", "--to", "ndjson", "--run", "2", "-f", Path.Combine(_idgraph.Folder, "out.ndjson"));
        Assert.True(export.Code == 0, export.Errors);
        var lines = await File.ReadAllTextAsync(Path.Combine(_idgraph.Folder, "out.ndjson"), TestContext.Current.CancellationToken);
        Assert.Contains("case 4711", lines, StringComparison.Ordinal);
        Assert.Contains("\"source\":\"investigation\"", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_it_starts_nothing_but_the_key_stays_taken_and_withdrawn_it_never_was()
    {
        await ImportAsync();
        var exposure = (await AskAsync("exposure", "mark", "key", "--at", "2025-06-03", "--basis", "case 4711")).GetProperty("marks")[0].GetProperty("exposure").GetString()!;
        var robot = (await AskAsync("exposure", "mark", "robot", "--at", "2025-06-03", "--basis", "case 4711")).GetProperty("marks")[0].GetProperty("exposure").GetString()!;

        await AskAsync("exposure", "clear", "key", "--until", "2025-06-05");
        await AskAsync("exposure", "clear", robot, "--until", "2025-06-05");
        Assert.Equal(["db", "robot"], await ReachedAsync(exposure, "2025-06-06"));
        Assert.Equal(["db"], await ReachedAsync(robot, "2025-06-04"));
        Assert.Empty(await ReachedAsync(robot, "2025-06-06"));

        await AskAsync("exposure", "clear", exposure, "--until", "2025-06-03", "--basis", "it was the wrong key");
        Assert.Empty(await ReachedAsync(exposure, "2025-06-06"));
    }

    [Fact]
    public async Task Marking_again_is_the_same_exposure()
    {
        await ImportAsync();

        Assert.True((await AskAsync("exposure", "mark", "key", "--at", "2025-06-03", "--basis", "case 4711")).GetProperty("isNew").GetBoolean());
        Assert.False((await AskAsync("exposure", "mark", "key", "--at", "2025-06-03", "--until", "2025-06-10", "--basis", "case 4711, seen again")).GetProperty("isNew").GetBoolean());
        var shown = await AskAsync("identity", "show", "key");
        Assert.Single(shown.GetProperty("edges").GetProperty("EXPOSES").EnumerateArray());
    }

    [Fact]
    public async Task Where_one_source_is_fresh_the_others_are_named_that_are_not()
    {
        await ImportAsync("P1D");
        var file = _idgraph.Write("other.ndjson", """{"idgraph":1,"source":"other","startedAt":"2025-06-09T00:00:00Z","recordedAt":"2025-06-09T00:00:00Z","interval":"P1D"}""", """{"node":"bot","kind":"Account"}""", """{"end":"Account","complete":true}""");
        Assert.Equal(0, (await _idgraph.RunAsync("import", file)).Code);

        var said = await _idgraph.RunAsync("path", "robot", "key", "--as-of", "2025-06-09T12:00:00Z");
        Assert.Equal(0, said.Code);
        Assert.Contains("stale in part: estate not read recently enough", said.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("stale in part", (await _idgraph.RunAsync("path", "robot", "key", "--as-of", "2025-06-02T12:00:00Z")).Errors, StringComparison.Ordinal);
    }

    /// <summary>A mark is no reading of a system: what was stale stays stale, and the mark is recorded nevertheless.</summary>
    [Fact]
    public async Task A_mark_makes_nothing_fresh()
    {
        await ImportAsync("P1D");
        string[] asked = ["path", "robot", "key"];
        Assert.Equal(4, (await _idgraph.RunAsync(asked)).Code);

        Assert.Equal(0, (await _idgraph.RunAsync("exposure", "mark", "key", "--at", "2025-06-03", "--basis", "case 4711")).Code);
        var said = await _idgraph.RunAsync(asked);
        Assert.Equal(4, said.Code);
        Assert.Contains("stale: no source was read recently enough", said.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await _idgraph.RunAsync([.. asked, "--as-of", "2025-06-02T12:00:00Z"])).Code);
    }

    [Theory]
    [InlineData(3, "exposure", "mark", "nobody", "--basis", "case 4711")]
    [InlineData(2, "exposure", "mark", "key")]
    [InlineData(2, "exposure", "mark", "crew", "--basis", "case 4711")]
    [InlineData(2, "exposure", "mark", "key", "--at", "2025-06-03", "--until", "2025-06-02", "--basis", "case 4711")]
    [InlineData(2, "exposure", "mark", "key", "--at", "2999-01-01", "--basis", "case 4711")]
    [InlineData(2, "exposure", "mark", "key", "--basis", "password=hunter2hunter2")]
    [InlineData(2, "exposure", "clear", "key")]
    [InlineData(2, "exposure", "mark", "key", "--basis", "case 4711", "--remove", "robot")]
    public async Task What_cannot_be_marked_is_refused_and_nothing_is_recorded(int code, params string[] words)
    {
        await ImportAsync();
        var before = (await _idgraph.RunAsync("runs", "list", "-o", "json")).Output;

        Assert.Equal(code, (await _idgraph.RunAsync(words)).Code);
        Assert.Equal(before, (await _idgraph.RunAsync("runs", "list", "-o", "json")).Output);
    }

    private async Task<string[]> ReachedAsync(string seed, string asOf) =>
        [.. (await AskAsync("blast-radius", seed, "--as-of", asOf)).GetProperty("reached").EnumerateArray().Select(node => node.GetProperty("id").GetString()!)];

    private async Task<JsonElement> AskAsync(params string[] words)
    {
        var said = await _idgraph.RunAsync([.. words, "-o", "json"]);
        Assert.True(said.Code == 0, $"{string.Join(' ', words)}: {said.Code} {said.Errors}{said.Output}");
        return JsonDocument.Parse(said.Output).RootElement.GetProperty("data");
    }

    private async Task ImportAsync(string interval = "P3650D")
    {
        var file = _idgraph.Write(
            "facts.ndjson",
            [
                $$"""{"idgraph":1,"source":"estate","startedAt":"2025-06-02T00:00:00Z","recordedAt":"2025-06-02T00:00:00Z","interval":"{{interval}}"}""",
                """{"node":"robot","kind":"ServiceIdentity","props":{"state":"Active"}}""",
                """{"node":"crew","kind":"Group"}""",
                """{"node":"key","kind":"Credential","props":{"kind":"apiKey","expiresAt":null,"extractable":true}}""",
                """{"node":"db","kind":"Resource"}""",
                """{"edge":"AUTHENTICATES_AS","of":"key","to":"robot"}""",
                """{"edge":"ENTITLES","of":"robot","to":"db","props":{"level":"L3"}}""",
                .. new[] { "ServiceIdentity", "Group", "Credential", "Resource", "ENTITLES", "AUTHENTICATES_AS" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
            ]);
        var said = await _idgraph.RunAsync("import", file);
        Assert.True(said.Code == 0, said.Errors);
    }
}
