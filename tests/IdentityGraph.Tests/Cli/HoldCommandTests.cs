namespace IdentityGraph.Tests.Cli;

/// <summary>What a user sees of a mass disappearance, and of an import that was killed.</summary>
public sealed class HoldCommandTests : IDisposable
{
    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task A_held_run_says_so_until_it_is_confirmed()
    {
        await ImportAsync("one.ndjson", "2025-06-01", 0);
        var said = await ImportAsync("two.ndjson", "2025-06-02", 30);
        Assert.Equal(7, said.Code);
        Assert.Contains("30 of 60 nodes of stream `Account` are not in a run that read it to its end", said.Output, StringComparison.Ordinal);
        Assert.Contains("idgraph runs hold confirm 2", said.Output, StringComparison.Ordinal);
        Assert.Contains("held until confirmed", (await _idgraph.RunAsync("store", "info")).Output, StringComparison.Ordinal);

        var asked = await _idgraph.RunAsync("identity", "show", "u1", "--as-of", "2025-06-03");
        Assert.Contains("present Unknown", asked.Output, StringComparison.Ordinal);
        Assert.Contains("a mass disappearance in stream `Account` of okta", asked.Errors, StringComparison.Ordinal);
        Assert.Contains("2,okta,,2025-06-02T00:00:00Z,Account", (await _idgraph.RunAsync("runs", "hold", "list", "-o", "csv")).Output, StringComparison.Ordinal);

        Assert.Equal(0, (await _idgraph.RunAsync("runs", "hold", "confirm", "2")).Code);

        Assert.Contains("present False", (await _idgraph.RunAsync("identity", "show", "u1", "--as-of", "2025-06-03")).Output, StringComparison.Ordinal);
        Assert.Equal(3, (await _idgraph.RunAsync("runs", "hold", "reject", "2")).Code);
    }

    [Fact]
    public async Task A_limit_of_the_policy_and_a_word_beforehand_let_it_pass()
    {
        await ImportAsync("one.ndjson", "2025-06-01", 0);
        Assert.Equal(0, (await ImportAsync("two.ndjson", "2025-06-02", 30, "--confirm-vanish")).Code);
        _idgraph.Write("idgraph.yaml", "policy:", "  vanishShare: 0.9");
        Assert.Equal(0, (await ImportAsync("three.ndjson", "2025-06-03", 55)).Code);
    }

    [Fact]
    public async Task What_a_killed_import_left_is_told_by_the_next_command_and_removed_by_the_next_import()
    {
        await ImportAsync("one.ndjson", "2025-06-01", 0);
        File.WriteAllText(Path.Combine(_idgraph.Folder, "idgraph-data", "runs", "00000002.run.part"), "half");
        var left = Directory.GetFiles(Path.Combine(_idgraph.Folder, "idgraph-data", "runs"));
        var info = await _idgraph.RunAsync("store", "info");
        Assert.Equal(0, info.Code);
        Assert.Contains("left by a writer that did not finish", info.Errors, StringComparison.Ordinal);
        Assert.Equal(left, Directory.GetFiles(Path.Combine(_idgraph.Folder, "idgraph-data", "runs")));

        Assert.Contains("its run was dropped, import it again", (await ImportAsync("two.ndjson", "2025-06-02", 0)).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("did not finish", (await _idgraph.RunAsync("store", "info")).Errors, StringComparison.Ordinal);
    }

    private Task<Said> ImportAsync(string file, string day, int lost, params string[] options) => _idgraph.RunAsync(
    [
        "import",
        _idgraph.Write(
            file,
            [
                $$"""{"idgraph":1,"source":"okta","startedAt":"{{day}}T00:00:00Z"}""",
                .. Enumerable.Range(lost, 60 - lost).Select(i => $$$"""{"node":"u{{{i}}}","kind":"Account","props":{"state":"Active"}}"""),
                """{"end":"Account","complete":true}""",
            ]),
        .. options,
    ]);
}
