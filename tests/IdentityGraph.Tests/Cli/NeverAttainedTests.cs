namespace IdentityGraph.Tests.Cli;

/// <summary>The admins administer the ledger. Nobody attains a group itself, so who asks for that is not told that nobody does and all is well.</summary>
public sealed class NeverAttainedTests : IDisposable
{
    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task Exposure_of_a_group_is_no_answer_and_says_what_to_ask()
    {
        await ImportAsync();

        var group = await RunAsync("exposure", "admins");
        Assert.Equal(3, group.Code);
        Assert.Contains("`ledger` (", group.Errors, StringComparison.Ordinal);

        var ledger = await RunAsync("exposure", "ledger", "-o", "csv");
        Assert.Equal(0, ledger.Code);
        Assert.Equal(["id,kind,name,hops,certain,possible", "kim,Account,Kim Doe,1"], ledger.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(',', line.TrimEnd('\r').Split(',').Take(line.StartsWith("id", StringComparison.Ordinal) ? 6 : 4))));
    }

    [Fact]
    public async Task What_nobody_attains_though_it_could_be_is_an_answer()
    {
        await ImportAsync();

        Assert.Equal(0, (await RunAsync("exposure", "canteen")).Code);
    }

    private Task<Said> RunAsync(params string[] arguments) => _idgraph.RunAsync([.. arguments, "--as-of", "2025-06-02T09:00:00Z"]);

    private async Task ImportAsync()
    {
        var said = await _idgraph.RunAsync("import", _idgraph.Write(
            "facts.ndjson",
            """{"idgraph":1,"source":"app","startedAt":"2025-06-02T08:00:00Z"}""",
            """{"node":"kim","kind":"Account","props":{"state":"Active","name":"Kim Doe"}}""",
            """{"node":"admins","kind":"Group"}""",
            """{"node":"ledger","kind":"Resource"}""",
            """{"node":"canteen","kind":"Resource"}""",
            """{"edge":"MEMBER_OF","of":"kim","to":"admins"}""",
            """{"edge":"ENTITLES","of":"admins","to":"ledger","props":{"level":"L5"}}"""));
        Assert.True(said.Code is 0, said.Errors);
    }
}
