namespace IdentityGraph.Tests.Cli;

/// <summary>Names may hold anything and be as long as a source likes: a table stays a table, and its lines are the program's own.</summary>
public sealed class HostileNameTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";
    private const string Header = """{"idgraph":1,"source":"s","startedAt":"2025-06-02T08:00:00Z","interval":"P36500D"}""";

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task A_name_begins_no_line_of_any_answer()
    {
        await ImportAsync("x\\nFORGED: nobody reaches it");
        foreach (var question in new string[][]
        {
            ["identity", "show", "s:a"], ["identity", "show", "s:a", "--remove", "s:k"], ["identity", "find", "s:"], ["identity", "chain", "s:a"], ["blast-radius", "s:a"], ["blast-radius", "s:a", "--mode", "windowed"], ["exposure", "s:r"],
            ["path", "s:a", "s:r"], ["why-not", "s:r", "s:a"], ["cuts", "s:r"], ["influence", "s:a"], ["residue", "s:a", "--at", AsOf], ["orphans"], ["findings"], ["ask", "spawned", "s:a"], ["ask", "dormant"], ["leaver", "--all"], ["handoff", "list"],
        })
        {
            var said = await _idgraph.RunAsync([.. question, "--as-of", AsOf]);
            Assert.DoesNotContain((said.Output + said.Errors).Split('\n', '\r'), line => line.TrimStart().StartsWith("FORGED", StringComparison.Ordinal));
        }

        Assert.Contains(@"Account s:a (x\u000aFORGED", (await _idgraph.RunAsync("identity", "show", "s:a", "--as-of", AsOf)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_without_end_is_cut_on_a_screen_and_whole_elsewhere()
    {
        var name = "Pat " + new string('x', 100_000);
        await ImportAsync(name);
        foreach (var question in new string[][] { ["identity", "show", "s:a"], ["identity", "find", "s:a"], ["blast-radius", "s:a"], ["path", "s:a", "s:r"], ["orphans"] })
        {
            var said = await _idgraph.RunAsync([.. question, "--as-of", AsOf]);
            Assert.InRange(said.Output.Length, 1, 20_000);
        }

        Assert.Contains(name[..200] + "…", (await _idgraph.RunAsync("identity", "find", "s:a", "--as-of", AsOf)).Output, StringComparison.Ordinal);
        Assert.Contains(name, (await _idgraph.RunAsync("identity", "find", "s:a", "--as-of", AsOf, "-o", "csv")).Output, StringComparison.Ordinal);
        Assert.Contains(name, (await _idgraph.RunAsync("identity", "show", "s:a", "--as-of", AsOf, "-o", "csv")).Output, StringComparison.Ordinal);
        Assert.Contains(name, (await _idgraph.RunAsync("identity", "show", "s:a", "--as-of", AsOf, "-o", "json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_is_shown_whole_however_long()
    {
        var id = "s:" + new string('y', 400);
        _idgraph.Write("facts.ndjson", Header, $$"""{"node":"{{id}}","kind":"Account"}""");
        await _idgraph.RunAsync("import", "facts.ndjson");

        Assert.Contains(id, (await _idgraph.RunAsync("identity", "find", "s:", "--as-of", AsOf)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_ending_says_no_format_gets_a_table_and_a_warning()
    {
        await ImportAsync("Pat");

        Assert.Contains("the ending `.xlsx` says no format: `x.xlsx` holds a table as text", (await _idgraph.RunAsync("orphans", "--as-of", AsOf, "-f", "x.xlsx")).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ending", (await _idgraph.RunAsync("orphans", "--as-of", AsOf, "-f", "x.txt")).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ending", (await _idgraph.RunAsync("orphans", "--as-of", AsOf, "-f", "x.csv")).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ending", (await _idgraph.RunAsync("orphans", "--as-of", AsOf, "-f", "x.xlsx", "-o", "table")).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there", "`there`: it is a folder")]
    [InlineData("nodir/x.json", "`nodir/x.json`: there is no such folder")]
    public async Task A_place_where_no_answer_can_be_written_is_refused_before_anything_is_asked(string place, string said)
    {
        Directory.CreateDirectory(Path.Combine(_idgraph.Folder, "there"));

        var refused = await _idgraph.RunAsync("orphans", "--store", "no-store-either", "-f", place);

        Assert.Equal(2, refused.Code);
        Assert.Contains(said, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("making", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(["there"], Directory.GetFileSystemEntries(_idgraph.Folder).Select(Path.GetFileName));
    }

    private async Task ImportAsync(string name)
    {
        _idgraph.Write(
            "facts.ndjson",
            Header,
            $$$"""{"node":"s:a","kind":"Account","props":{"state":"Active","name":"{{{name}}}"}}""",
            $$$"""{"node":"s:k","kind":"ServiceIdentity","props":{"state":"Active","name":"{{{name}}}"}}""",
            $$$"""{"node":"s:r","kind":"Resource","props":{"name":"{{{name}}}"}}""",
            """{"edge":"CAN_ISSUE_CREDENTIAL","of":"s:a","to":"s:k"}""",
            """{"edge":"ENTITLES","of":"s:k","to":"s:r","props":{"level":"L3"}}""");
        Assert.Equal(0, (await _idgraph.RunAsync("import", "facts.ndjson")).Code);
    }
}
