namespace IdentityGraph.Tests.Cli;

/// <summary>What a user reads at the door: words in any case, codes with a legend, hints that can be pasted, tables that can be piped.</summary>
public sealed class WordsTests : IDisposable
{
    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task Words_are_taken_in_letters_of_any_case_and_help_names_no_inner_words()
    {
        await ImportAsync("--from", "NDJSON");
        var said = await _idgraph.RunAsync("orphans", "--as-of", "2025-06-02", "--profile", "vendorinfra(Acme)", "-o", "CSV");
        Assert.True(said.Code is 0, said.Errors);
        Assert.Contains("--rights <letters>", (await _idgraph.RunAsync("blast-radius", "--help")).Output, StringComparison.Ordinal);

        var unknown = await _idgraph.RunAsync("import", "x", "--from", "exel");
        Assert.Equal(2, unknown.Code);
        Assert.Contains("--from `exel` is not known; say ndjson, ", unknown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hint_carries_the_store_and_the_moment_that_were_given()
    {
        var imported = await ImportAsync("--store", "my store");
        Assert.Contains("Next: idgraph orphans --store \"my store\" --as-of 2025-06-01T00:00:00Z", imported.Output, StringComparison.Ordinal);
        var asked = await _idgraph.RunAsync("leaver", "--all", "--store", "my store", "--as-of", "2025-06-02");
        Assert.Contains("`idgraph leaver ID --store \"my store\" --as-of 2025-06-02T00:00:00Z`", asked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leaver_in_full_is_rows_of_paths_systems_and_unknowns_with_a_legend()
    {
        await ImportAsync();
        var csv = await _idgraph.RunAsync("leaver", "pat", "--as-of", "2025-06-02", "-o", "csv");
        var rows = csv.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("person,left,verdict,what,class,certainty,anchor,target,level or state,how", rows[0]);
        Assert.StartsWith("pat,2025-05-01T00:00:00Z,Reachable,verdict,R1,", rows[1], StringComparison.Ordinal);
        Assert.Contains(rows, row => row.StartsWith("pat,2025-05-01T00:00:00Z,Reachable,path,R1,Certain,a2 pw,db,L2,pat -D2-> pw -D1-> pat@okta -D4-> db", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains(",system,,,\"a1 pat@okta", StringComparison.Ordinal) && row.Contains(",okta,NotStarted,last read 2025-06-01T00:00:00Z (SystemState)", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("pat,2025-05-01T00:00:00Z,Reachable,unknown,", StringComparison.Ordinal));

        var table = await _idgraph.RunAsync("leaver", "pat", "--as-of", "2025-06-02");
        Assert.Contains("R1 usable by the leaver", table.Output, StringComparison.Ordinal);
        Assert.Contains("a1 account", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_piped_is_plain_and_ends_no_line_with_spaces()
    {
        await ImportAsync();
        string[][] commands = [["orphans", "--all-states"], ["leaver", "--all"], ["identity", "show", "pat@okta"], ["store", "info"], ["schema"]];
        foreach (var command in commands)
        {
            var said = await _idgraph.RunAsync([.. command, "--as-of", "2025-06-02"]);
            Assert.DoesNotContain(said.Output.Split('\n'), line => line.EndsWith(' '));
            Assert.DoesNotContain('\u001b', said.Output);
            Assert.DoesNotContain('│', said.Output);
        }
    }

    [Fact]
    public async Task The_schema_tells_every_code()
    {
        var said = await _idgraph.RunAsync("schema", "-o", "csv");
        foreach (var code in new[] { "leaver anchor,a10,", "leaver path,R3,", "orphan reason,O8," })
        {
            Assert.Contains(code, said.Output, StringComparison.Ordinal);
        }
    }

    private async Task<Said> ImportAsync(params string[] options)
    {
        var said = await _idgraph.RunAsync(["import", _idgraph.Write("facts.ndjson", Facts()), .. options]);
        Assert.True(said.Code is 0, said.Errors);
        return said;
    }

    private static string[] Facts() =>
    [
        """{"idgraph":1,"source":"all","startedAt":"2025-06-01T00:00:00Z"}""",
        """{"node":"pat","kind":"Person","props":{"name":"Pat"}}""",
        """{"node":"job","kind":"Employment","props":{"startAt":"2020-01-01T00:00:00Z","endAt":"2025-05-01T00:00:00Z","status":"ended"}}""",
        """{"edge":"EMPLOYED_AS","of":"pat","to":"job","from":"2020-01-01T00:00:00Z"}""",
        """{"node":"okta","kind":"System","props":{"category":"directory"}}""",
        """{"node":"pat@okta","kind":"Account","from":"2020-01-01T00:00:00Z","props":{"state":"Active"}}""",
        """{"edge":"BELONGS_TO","of":"pat@okta","to":"pat","from":"2020-01-01T00:00:00Z"}""",
        """{"edge":"IN_SYSTEM","of":"pat@okta","to":"okta","from":"2020-01-01T00:00:00Z"}""",
        """{"node":"pw","kind":"Credential","from":"2020-01-01T00:00:00Z","props":{"kind":"apiKey","state":"Active","expiresAt":null,"rotatedAt":null}}""",
        """{"edge":"AUTHENTICATES_AS","of":"pw","to":"pat@okta","from":"2020-01-01T00:00:00Z"}""",
        """{"edge":"HELD_BY","of":"pw","to":"pat","from":"2020-01-01T00:00:00Z"}""",
        """{"node":"db","kind":"Resource"}""",
        """{"edge":"ENTITLES","of":"pat@okta","to":"db","from":"2020-01-01T00:00:00Z","props":{"level":"L2"}}""",
        .. new[] { "Person", "Employment", "EMPLOYED_AS", "System", "Account", "BELONGS_TO", "IN_SYSTEM", "Credential", "AUTHENTICATES_AS", "HELD_BY", "Resource", "ENTITLES" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
    ];
}
