using System.Text.Json;

namespace IdentityGraph.Tests.Cli;

/// <summary>`scenario run` as a user sees it.</summary>
public sealed class ScenarioCommandTests : IDisposable
{
    private static readonly string[] s_facts =
    [
        "facts: |",
        """  {"idgraph":1,"source":"story","startedAt":"2025-06-10T00:00:00Z"}""",
        """  {"node":"key-1","kind":"Credential","from":"2025-01-01T00:00:00Z","props":{"kind":"apiKey","expiresAt":null}}""",
        """  {"node":"robot","kind":"ServiceIdentity","from":"2025-01-01T00:00:00Z","props":{"state":"Active"}}""",
        """  {"edge":"AUTHENTICATES_AS","of":"key-1","to":"robot","from":"2025-01-01T00:00:00Z"}""",
    ];

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task Counts_what_passed_failed_and_waits_and_says_what_differs()
    {
        var file = Write(
            "  - {id: A, story: It is reached., ask: blast-radius key-1 --as-of 2025-06-02, expect: {reached: {ids: [robot]}}}",
            "  - {id: B, story: Nothing is., ask: blast-radius key-1 --as-of 2025-06-02, expect: {reached: {count: 0}}}",
            "  - {id: C, story: Not yet., ask: divine key-1, needs: command, expect: {future: bright}}",
            "  - {id: D, story: Without the edge nothing is., ask: blast-radius key-1 --as-of 2025-06-02, without: [{edge: AUTHENTICATES_AS}], expect: {reached: {count: 0}}}",
            "  - {id: E, story: Nobody knows it., ask: blast-radius key-9 --as-of 2025-06-02, exit: 3}");
        var said = await _idgraph.RunAsync("scenario", "run", file, "-o", "json");
        Assert.Equal(1, said.Code);
        using var answer = JsonDocument.Parse(said.Output);
        var data = answer.RootElement.GetProperty("data");
        Assert.Equal([3, 1, 1], new[] { "passed", "failed", "waiting" }.Select(name => data.GetProperty(name).GetInt32()));
        var cases = data.GetProperty("cases").EnumerateArray().ToDictionary(one => one.GetProperty("id").GetString()!, one => one.GetProperty("why").GetString());
        Assert.Equal("count of reached is 1, not \"0\"", cases["B"]);
        Assert.Equal("needs command", cases["C"]);
        Assert.Contains("3 passed, 1 failed, 1 waiting", (await _idgraph.RunAsync("scenario", "run", file)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import facts.ndjson")]
    [InlineData("orphans -f elsewhere.json")]
    [InlineData("store info")]
    [InlineData("scenario run story.yaml")]
    public async Task A_case_only_asks(string ask)
    {
        var said = await _idgraph.RunAsync("scenario", "run", Write($"  - {{id: A, story: It writes., ask: {ask}, exit: 2}}"), "-o", "csv");
        Assert.Equal(1, said.Code);
        Assert.Contains("is not a question", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  - {id: A, story: S., ask: orphans}", "a case that expects nothing proves nothing")]
    [InlineData("  - {id: A, story: S., ask: orphans, expects: {}}", "`expects` is not known here")]
    [InlineData("  - {id: A, story: S., ask: orphans, exit: 0, needs: luck}", "`luck` is not known")]
    public async Task A_file_that_is_not_written_so_is_refused_with_its_line(string one, string why)
    {
        var said = await _idgraph.RunAsync("scenario", "run", Write(one));
        Assert.Equal(2, said.Code);
        Assert.Contains("line 8", said.Errors, StringComparison.Ordinal);
        Assert.Contains(why, said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expect: {}")]
    [InlineData("expect: {reached: []}")]
    [InlineData("expect: {reached: {absent: []}}")]
    [InlineData("expect: {profile: {contains: \"\"}}")]
    [InlineData("expect: {reached: {count: 0}}, without: [{}]")]
    public async Task What_would_pass_whatever_is_answered_is_refused(string expected)
    {
        var said = await _idgraph.RunAsync("scenario", "run", Write($"  - {{id: A, story: S., ask: blast-radius key-1 --as-of 2025-06-02, {expected}}}"));
        Assert.Equal(2, said.Code);
        Assert.Contains("line 8", said.Errors, StringComparison.Ordinal);
        Assert.Contains("write ", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guard_for_what_no_fact_names_fails_and_one_for_what_is_there_passes()
    {
        var said = await _idgraph.RunAsync("scenario", "run", Write(
            "  - {id: A, story: Mistyped., ask: blast-radius key-1 --as-of 2025-06-02, expect: {reached: {absent: [robott]}}}",
            "  - {id: B, story: It is not its own., ask: blast-radius key-1 --as-of 2025-06-02, expect: {reached: {absent: [key-1]}}}",
            "  - {id: C, story: Asked with quotes., ask: \"blast-radius 'key-1' --as-of '2025-06-02'\", expect: {reached: [robot]}}",
            "  - {id: D, story: Not asked., ask: blast-radius key-1 --as-off 2025-06-02, exit: 2}"), "-o", "csv");
        Assert.Equal(1, said.Code);
        Assert.Equal(["A,failed", "B,passed", "C,passed", "D,failed"], said.Output.Split('\n').Skip(1).Where(static line => line.Length > 0).Select(static line => line[..line.IndexOf(',', 2)]));
        Assert.Contains("no fact names `robott`", said.Output, StringComparison.Ordinal);
        Assert.Contains("was not asked", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_without_facts_are_asked_of_the_store_given()
    {
        _idgraph.Write("facts.ndjson", [.. s_facts.Skip(1).Select(line => line.Trim())]);
        Assert.Equal(0, (await _idgraph.RunAsync("import", "facts.ndjson", "--store", "ours")).Code);
        var file = _idgraph.Write("ours.yaml", "scenario: Ours", "cases:", "  - {id: A, story: S., ask: blast-radius key-1 --as-of 2025-06-02, expect: {reached: [robot]}}");
        Assert.Equal(0, (await _idgraph.RunAsync("scenario", "run", file, "--store", "ours")).Code);
        var lost = await _idgraph.RunAsync("scenario", "run", file, "-o", "csv");
        Assert.Equal(1, lost.Code);
        Assert.Contains("name the store to ask with --store", lost.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_line_is_named_and_fails_the_cases_of_its_file_alone()
    {
        const string Ask = "ask: blast-radius key-1 --as-of 2025-06-02, expect: {reached: {ids: [robot]}}";
        var broken = _idgraph.Write(
            "broken.yaml",
            ["scenario: A mistyped property", .. s_facts[..2], "", """  {"node":"p","kind":"Step","props":{"state":"Active"}}""", .. s_facts[2..], "cases:", $"  - {{id: A, story: One., {Ask}}}", $"  - {{id: B, story: Two., {Ask}}}"]);
        var said = await _idgraph.RunAsync("scenario", "run", broken, Write($"  - {{id: E, story: Good., {Ask}}}"), "-o", "json");

        Assert.Equal(1, said.Code);
        using var answer = JsonDocument.Parse(said.Output);
        var cases = answer.RootElement.GetProperty("data").GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(["A failed", "B failed", "E passed"], cases.Select(one => $"{one.GetProperty("id")} {one.GetProperty("result")}"));
        Assert.All(cases[..2], one => Assert.Equal($"the facts were refused: `{broken}` line 5 `state`: `property Step.state` is not known; correct it", one.GetProperty("why").GetString()));
    }

    [Fact]
    public async Task A_refused_line_of_one_case_fails_that_case_alone_and_of_a_second_run_has_its_line()
    {
        var said = await _idgraph.RunAsync(
            "scenario",
            "run",
            Write(
                "  - id: A",
                "    story: Its own run is of a version nobody knows.",
                "    ask: blast-radius key-1 --as-of 2025-06-02",
                "    expect: {reached: {ids: [robot]}}",
                "    facts: |",
                """      {"node":"robot","from":"2025-01-02T00:00:00Z","props":{"mfa":true}}""",
                """      {"idgraph":9,"source":"later","startedAt":"2025-06-11T00:00:00Z"}""",
                "  - {id: B, story: Not told of it., ask: blast-radius key-1 --as-of 2025-06-02, expect: {reached: {ids: [robot]}}}"),
            "-o",
            "json");

        Assert.Equal(1, said.Code);
        using var answer = JsonDocument.Parse(said.Output);
        var cases = answer.RootElement.GetProperty("data").GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(["A failed", "B passed"], cases.Select(one => $"{one.GetProperty("id")} {one.GetProperty("result")}"));
        Assert.StartsWith($"the facts were refused: `{Path.Combine(_idgraph.Folder, "story.yaml")}` line 14", cases[0].GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    private string Write(params string[] cases) => _idgraph.Write("story.yaml", ["scenario: A story", .. s_facts, "cases:", .. cases]);
}
