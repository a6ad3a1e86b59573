namespace IdentityGraph.Tests.Cli;

/// <summary>
/// The list of leavers says what it is unsure of. Pat and Lou left on 1 May; of Ivy no source says whether she is employed. Pat's
/// account is disabled, of the other two none is known.
/// </summary>
public sealed class LeaverListTests : IDisposable
{
    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task An_account_that_belongs_to_nobody_known_may_be_that_of_a_leaver_without_one()
    {
        await ImportAsync("""{"node":"x7","kind":"Account","props":{"state":"Active"}}""");

        var table = await RunAsync("leaver", "--all");
        Assert.StartsWith("2 leavers, 1 perhaps: 2 Clear, 1 Unverified; no account is known of 2 of them", table.Output, StringComparison.Ordinal);
        Assert.Contains("warning: no account is known of 2 of 3 people who left or may have; 1 account(s) that live or may live belong to nobody known", table.Errors, StringComparison.Ordinal);
        Assert.Equal(
            ["ivy,perhaps,Unverified,,0,(no account of theirs is known),3", "lou,2025-05-01T00:00:00Z,Clear,,0,(no account of theirs is known),1", "pat,2025-05-01T00:00:00Z,Clear,,0,,0"],
            (await RunAsync("leaver", "--all", "-o", "csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1));
        Assert.Contains("none is known to be, and 1 that live or may live belong to nobody known", (await RunAsync("leaver", "lou", "-o", "json")).Output, StringComparison.Ordinal);
        Assert.Contains("As far as is known.", (await RunAsync("leaver", "lou", "-o", "html")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"node":"x7","kind":"Account","props":{"state":"Disabled"}}""")]
    [InlineData("""{"node":"x7","kind":"Account","props":{"state":"Active"}}""", """{"edge":"BELONGS_TO","of":"x7","to":"max"}""")]
    [InlineData("""{"node":"x7","kind":"ServiceIdentity","props":{"state":"Active"}}""")]
    public async Task One_that_is_dead_or_somebody_elses_may_not(params string[] lines)
    {
        await ImportAsync(lines);

        var table = await RunAsync("leaver", "--all");
        Assert.StartsWith("2 leavers, 1 perhaps: 2 Clear, 1 Unverified\n", table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no account", table.Output + table.Errors, StringComparison.Ordinal);
        Assert.StartsWith("1 leaver: 1 Clear\n", (await RunAsync("leaver", "lou")).Output, StringComparison.Ordinal);
    }

    private Task<Said> RunAsync(params string[] arguments) => _idgraph.RunAsync([.. arguments, "--as-of", "2025-06-02"]);

    private async Task ImportAsync(params string[] lines)
    {
        string[] facts =
        [
            """{"idgraph":1,"source":"hr","startedAt":"2025-06-01T00:00:00Z"}""", .. Left("pat"), .. Left("lou"), .. Ends("Person", "Employment", "EMPLOYED_AS"),
            """{"idgraph":1,"source":"crm","startedAt":"2025-06-01T00:00:00Z"}""", """{"node":"ivy","kind":"Person"}""", .. Ends("Person"),
            """{"idgraph":1,"source":"app","startedAt":"2025-06-01T00:00:00Z"}""",
            """{"node":"app","kind":"System"}""",
            """{"node":"pat@app","kind":"Account","props":{"state":"Disabled"}}""",
            """{"edge":"BELONGS_TO","of":"pat@app","to":"pat"}""",
            """{"edge":"IN_SYSTEM","of":"pat@app","to":"app"}""",
            .. lines,
            .. Ends("Account", "System", "BELONGS_TO", "IN_SYSTEM"),
        ];
        var said = await _idgraph.RunAsync("import", _idgraph.Write("facts.ndjson", facts));
        Assert.True(said.Code is 0, said.Errors);
    }

    private static string[] Left(string person) =>
    [
        $$"""{"node":"{{person}}","kind":"Person"}""",
        $$"""{"node":"job:{{person}}","kind":"Employment","props":{"startAt":"2020-01-01T00:00:00Z","endAt":"2025-05-01T00:00:00Z","status":"ended"} }""",
        $$"""{"edge":"EMPLOYED_AS","of":"{{person}}","to":"job:{{person}}","from":"2020-01-01T00:00:00Z"}""",
    ];

    private static IEnumerable<string> Ends(params string[] streams) => streams.Select(stream => $$"""{"end":"{{stream}}","complete":true}""");
}
