namespace IdentityGraph.Tests.Cli;

/// <summary>What nobody described is no clean estate: whatever asks about all of it says that there was nothing to ask about.</summary>
public sealed class NothingInScopeTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";

    private readonly BuiltProgram _idgraph = new();

    public static TheoryData<string> AboutAll { get; } =
    [
        "orphans",
        "findings list",
        "analyze",
        "leaver --all",
        "blast-radius --all",
        "blast-radius --kind Account",
        "blast-radius --leavers",
        "choke-points --all",
        "choke-points --kind Account",
        "handoff list",
        "identity find robot",
        "ask dormant",
    ];

    public void Dispose() => _idgraph.Dispose();

    [Theory]
    [MemberData(nameof(AboutAll))]
    public async Task Of_an_empty_estate_is_said(string command)
    {
        await ImportAsync();

        var said = await _idgraph.RunAsync([.. command.Split(' '), "--as-of", AsOf]);

        Assert.True(said.Code == 3, $"{said.Code}: {said.Output}{said.Errors}");
        Assert.Contains("nothing in scope", said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AboutAll))]
    public async Task Is_not_said_where_somebody_was_described(string command)
    {
        await ImportAsync(
            """{"node":"kim","kind":"Person"}""",
            """{"node":"kim/job","kind":"Employment","props":{"endAt":"2025-05-01T00:00:00Z"}}""",
            """{"edge":"EMPLOYED_AS","of":"kim","to":"kim/job"}""",
            """{"node":"kim@idp","kind":"Account","props":{"state":"Active"}}""",
            """{"edge":"BELONGS_TO","of":"kim@idp","to":"kim"}""",
            """{"node":"robot","kind":"ServiceIdentity","props":{"state":"Active"}}""");

        var said = await _idgraph.RunAsync([.. command.Split(' '), "--as-of", AsOf]);

        Assert.True(said.Code == 0, $"{said.Code}: {said.Output}{said.Errors}");
    }

    [Theory]
    [InlineData("blast-radius --all")]
    [InlineData("choke-points --all")]
    public async Task Of_machines_is_said_where_only_people_were_described(string command)
    {
        await ImportAsync("""{"node":"kim","kind":"Person"}""");

        var said = await _idgraph.RunAsync([.. command.Split(' '), "--as-of", AsOf]);

        Assert.True(said.Code == 3, $"{said.Code}: {said.Output}{said.Errors}");
    }

    private async Task ImportAsync(params string[] lines)
    {
        var file = _idgraph.Write("facts.ndjson", ["""{"idgraph":1,"source":"estate","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:00:00Z"}""", .. lines, """{"end":"everything","complete":true}"""]);
        var said = await _idgraph.RunAsync("import", file);
        Assert.True(said.Code == 0, said.Errors);
    }
}
