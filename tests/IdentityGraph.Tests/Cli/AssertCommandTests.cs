using System.Text.Json;
using IdentityGraph.Cli.Assertions;

namespace IdentityGraph.Tests.Cli;

/// <summary>`assert` as a pipeline sees it: its exit code, and the proof of what breaks a claim.</summary>
public sealed class AssertCommandTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Theory]
    [InlineData(1, "assert", "no-path", "--from", "key", "--to", "ledger")]
    [InlineData(0, "assert", "no-path", "--from", "key", "--to", "ledger", "--level", "L5")]
    [InlineData(0, "assert", "no-path", "--from", "guard", "--to", "ledger")]
    [InlineData(1, "assert", "no-path", "--from", "guard", "--to", "ledger", "--profile", "Insider")]
    [InlineData(1, "assert", "no-path", "--from", "clerk", "--to", "archive")]
    [InlineData(0, "assert", "no-path", "--from", "clerk", "--to", "archive", "--allow-possible")]
    [InlineData(3, "assert", "no-path", "--from", "key", "--to", "nowhere")]
    [InlineData(3, "assert", "no-path", "--from", "key", "--to-tier", "0")]
    [InlineData(2, "assert", "no-path", "--from", "key", "--to", "staff")]
    [InlineData(2, "assert", "no-path", "--from", "key")]
    [InlineData(1, "assert", "max-blast", "key", "--max-nodes", "1")]
    [InlineData(0, "assert", "max-blast", "--all", "--max-share", "0.5")]
    [InlineData(2, "assert", "max-blast", "key")]
    [InlineData(2, "assert", "max-blast", "key", "--max-nodes", "-1")]
    [InlineData(1, "assert", "no-orphans")]
    [InlineData(3, "assert", "no-live-leaver")]
    [InlineData(2, "assert")]
    [InlineData(2, "assert", "--policy", "missing.yaml")]
    public async Task Exit_code_says_whether_it_holds(int code, params string[] words)
    {
        await ImportAsync();

        var said = await _idgraph.RunAsync([.. words, "--as-of", AsOf]);
        Assert.True(said.Code == code, said.Output + said.Errors);
    }

    [Fact]
    public async Task A_policy_file_is_held_claim_by_claim_and_prints_the_proof_of_what_breaks_one()
    {
        await ImportAsync();
        _idgraph.Write(
            "policy.yaml",
            "policy: The ledger is ours",
            "assertions:",
            "  - {assert: no-path, name: Nobody outside writes it, from: key, to: ledger, level: L3}",
            "  - {assert: no-path, from: {kinds: [Account]}, to: ledger, level: L5, each: true}",
            "  - {assert: max-blast, of: {nonHuman: true}, nodes: 5, perTier: {unknown: {share: 0.5}}}");

        var said = await _idgraph.RunAsync("assert", "--policy", "policy.yaml", "--as-of", AsOf, "-o", "json");
        Assert.Equal(1, said.Code);
        using var answer = JsonDocument.Parse(said.Output);
        var data = answer.RootElement.GetProperty("data");
        Assert.Equal(("The ledger is ours", 2, 1), (data.GetProperty("title").GetString(), data.GetProperty("passed").GetInt32(), data.GetProperty("failed").GetInt32()));
        var broken = data.GetProperty("assertions")[0];
        Assert.Equal("Nobody outside writes it False", $"{broken.GetProperty("name")} {broken.GetProperty("holds")}");
        var steps = data.GetProperty("proofs").GetProperty(broken.GetProperty("offences")[0].GetProperty("proof").GetString()!);
        Assert.Equal(["seed key", "D1 robot", "D4 ledger"], steps.EnumerateArray().Select(step => $"{step.GetProperty("rule")} {step.GetProperty("node")}"));
        var table = await _idgraph.RunAsync("assert", "--policy", "policy.yaml", "--as-of", AsOf);
        Assert.Contains("key -D1-> robot -D4-> ledger", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_can_ask_for_whole_readings()
    {
        await ImportAsync();
        _idgraph.Write("policy.yaml", "policy: Whole", "requireComplete: true", "maxAge: PT1H", "assertions:", "  - {assert: no-path, from: guard, to: ledger}");

        Assert.Equal(0, (await _idgraph.RunAsync("assert", "--policy", "policy.yaml", "--as-of", "2025-06-02T08:30:00Z")).Code);
        var late = await _idgraph.RunAsync("assert", "--policy", "policy.yaml", "--as-of", "2025-06-02T09:30:00Z");
        Assert.Equal(4, late.Code);
        Assert.Contains("estate is complete, last read whole 2025-06-02T08:00:00Z", late.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  - {assert: no-path, form: key, to: ledger}", "`form` is not known here; did you mean `from`?")]
    [InlineData("  - {assert: no-paths, from: key, to: ledger}", "`assert: no-paths` is not known; did you mean `no-path`?")]
    [InlineData("  - {from: key, to: ledger}", "`assert` is missing")]
    [InlineData("  - {assert: no-path, from: key}", "`to` is missing")]
    [InlineData("  - {assert: no-path, from: {}, to: ledger}", "`from` describes nothing")]
    [InlineData("  - {assert: no-path, from: {kinds: [Acount]}, to: ledger}", "did you mean `Account`?")]
    [InlineData("  - {assert: no-path, from: key, to: ledger, level: L0}", "`L0` is no level to be kept from")]
    [InlineData("  - {assert: max-blast, of: key}", "nothing is limited")]
    [InlineData("  - {assert: max-blast, of: key, share: 10%}", "`share` cannot be `10%`")]
    [InlineData("  - {assert: max-blast, of: key, share: 2}", "`share` cannot be `2`")]
    [InlineData("  - {assert: max-blast, of: key, perTier: {high: {nodes: 1}}}", "`high` is no tier")]
    [InlineData("  - {assert: max-blast, of: key, perTier: {0: {}}}", "tier `0` has no limit")]
    [InlineData("  - {assert: no-orphans, kinds: [Resource]}", "`Resource` is no kind that is judged here")]
    [InlineData("  - {assert: no-orphans, except: []}", "`except` is a text or a list of texts, and not empty")]
    [InlineData("  - {assert: no-path, from: key, to: ledger, each: yes}", "`each` cannot be `yes`; write true or false")]
    public async Task A_policy_that_is_not_written_so_is_refused_with_its_line(string claim, string why)
    {
        _idgraph.Write("policy.yaml", "policy: Ours", "assertions:", claim);

        var said = await _idgraph.RunAsync("assert", "--policy", "policy.yaml");
        Assert.Equal(2, said.Code);
        Assert.Contains(why, said.Errors, StringComparison.Ordinal);
        Assert.Contains("line 3", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_nested_or_unfolds_without_end_is_refused_and_takes_nothing_down()
    {
        var layers = Enumerable.Range(0, 12).Select(layer => $"&a{layer} [{string.Join(',', Enumerable.Repeat(layer == 0 ? "x" : $"*a{layer - 1}", 10))}]");
        string[][] policies =
        [
            [$"policy: {new string('[', 200_000)}{new string(']', 200_000)}"],
            [$"policy: [{string.Join(", ", layers)}]", "story: *a11"],
            ["policy: [&a [x, x]]", "? *a", ": y"],
            ["policy: x", "assertions:", "  - &a {assert: *a}"],
        ];

        foreach (var policy in policies)
        {
            var said = await _idgraph.RunAsync("assert", "--policy", _idgraph.Write("policy.yaml", policy));
            Assert.Equal(2, said.Code);
            Assert.Matches("nested deeper|unfold to more|a key is a plain text|names nothing that ends before", said.Errors);
        }
    }

    [Fact]
    public void The_schema_of_the_page_and_the_one_for_editors_are_those_of_the_reader()
    {
        var page = Repository.File("docs/assertions.md");
        var schema = Repository.File("docs/policy.schema.json");
        if (Environment.GetEnvironmentVariable("IDENTITYGRAPH_WRITE_DOCS") is not null)
        {
            var text = File.ReadAllText(page);
            File.WriteAllText(page, text.Replace($"<!-- keys -->\n{Keys(text)}<!-- /keys -->", $"<!-- keys -->\n{PolicySchema.Listing()}<!-- /keys -->", StringComparison.Ordinal));
            File.WriteAllText(schema, PolicySchema.Json());
        }

        Assert.Equal(PolicySchema.Listing(), Keys(File.ReadAllText(page).ReplaceLineEndings("\n")));
        Assert.Equal(PolicySchema.Json(), File.ReadAllText(schema).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_example_of_the_page_is_a_policy()
    {
        var text = File.ReadAllText(Repository.File("docs/assertions.md")).ReplaceLineEndings("\n");
        var start = text.IndexOf("```yaml\n", StringComparison.Ordinal) + 8;
        var file = PolicyFile.Read(_idgraph.Write("policy.yaml", text[start..text.IndexOf("```", start, StringComparison.Ordinal)].Split('\n')));

        Assert.Equal(["no-path", "no-path", "max-blast", "no-orphans", "no-live-leaver"], file.Question.Assertions.Select(claim => claim.Kind));
        Assert.Equal((true, TimeSpan.FromDays(7)), (file.RequireComplete, file.MaxAge));
    }

    private static string Keys(string text)
    {
        var start = text.IndexOf("<!-- keys -->\n", StringComparison.Ordinal) + "<!-- keys -->\n".Length;
        return text[start..text.IndexOf("<!-- /keys -->", StringComparison.Ordinal)];
    }

    private async Task ImportAsync()
    {
        var file = _idgraph.Write(
            "facts.ndjson",
            [
                """{"idgraph":1,"source":"estate","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:00:00Z"}""",
                """{"node":"clerk","kind":"Account","props":{"state":"Active"}}""",
                """{"node":"guard","kind":"Account","props":{"state":"Active"}}""",
                """{"node":"staff","kind":"Group"}""",
                """{"node":"robot","kind":"ServiceIdentity","props":{"state":"Active"}}""",
                """{"node":"key","kind":"Credential","props":{"kind":"apiKey","expiresAt":null,"extractable":true}}""",
                """{"node":"ledger","kind":"Resource","props":{"criticality":6}}""",
                """{"node":"archive","kind":"Resource","props":{"criticality":4}}""",
                """{"edge":"ENTITLES","of":"clerk","to":"archive"}""",
                """{"edge":"ENTITLES","of":"guard","to":"ledger","props":{"level":"L2","gates":["corpNetwork"]}}""",
                """{"edge":"AUTHENTICATES_AS","of":"key","to":"robot"}""",
                """{"edge":"ENTITLES","of":"robot","to":"ledger","props":{"level":"L3"}}""",
                .. new[] { "Account", "Group", "ServiceIdentity", "Credential", "Resource", "ENTITLES", "AUTHENTICATES_AS" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
            ]);
        var said = await _idgraph.RunAsync("import", file);
        Assert.True(said.Code == 0, said.Errors);
    }
}
