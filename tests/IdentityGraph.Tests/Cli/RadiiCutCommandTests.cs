using System.Text.Json;

namespace IdentityGraph.Tests.Cli;

/// <summary>`blast-radius --all --cut FILE`: who reaches something else without an edge.</summary>
public sealed class RadiiCutCommandTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task Who_reaches_less_without_an_edge_is_told()
    {
        Assert.Equal(0, (await _idgraph.RunAsync("import", _idgraph.Write("facts.ndjson", Facts()))).Code);
        var cut = _idgraph.Write("cut.ndjson", ["""{"remove":{"edge":"ENTITLES","of":"left","to":"note"}}"""]);

        var told = await _idgraph.RunAsync("blast-radius", "--all", "--cut", cut, "--as-of", AsOf, "-o", "json");
        var table = await _idgraph.RunAsync("blast-radius", "--all", "--cut", cut, "--as-of", AsOf);

        Assert.True(told.Code == 0, told.Errors);
        using var answer = JsonDocument.Parse(told.Output);
        var data = answer.RootElement.GetProperty("data").GetProperty("cut");
        Assert.Equal(["left"], data.GetProperty("moved").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.Equal(0, data.GetProperty("moved")[0].GetProperty("after").GetProperty("reached").GetProperty("possible").GetProperty("amplified").GetInt32());
        Assert.StartsWith("Without left ENTITLES note: 1 of 2 reach something else", table.Output);
    }

    [Fact]
    public async Task Other_changes_than_edges_taken_away_are_refused()
    {
        var node = _idgraph.Write("node.ndjson", ["""{"remove":"left"}"""]);

        var said = await _idgraph.RunAsync("blast-radius", "--all", "--cut", node, "--as-of", AsOf);

        Assert.Equal(2, said.Code);
        Assert.Contains("--overlay", said.Errors);
        Assert.Equal(2, (await _idgraph.RunAsync("blast-radius", "left", "--cut", node)).Code);
    }

    private static string[] Facts() =>
    [
        """{"idgraph":1,"source":"cloud","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:04:10Z","interval":"PT24H"}""",
        """{"node":"left","kind":"ServiceIdentity","props":{"state":"Active"}}""",
        """{"node":"right","kind":"ServiceIdentity","props":{"state":"Active"}}""",
        """{"node":"note","kind":"Resource"}""",
        """{"edge":"ENTITLES","of":"left","to":"note","props":{"level":"L2"}}""",
        """{"edge":"ENTITLES","of":"right","to":"note","props":{"level":"L2"}}""",
        .. new[] { "ServiceIdentity", "Resource", "ENTITLES" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
    ];
}
