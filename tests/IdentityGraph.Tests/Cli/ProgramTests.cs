using System.Text.Json;

namespace IdentityGraph.Tests.Cli;

/// <summary>The built program, asked as a user would: exit codes, streams, formats.</summary>
public sealed class ProgramTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task A_file_goes_in_and_every_question_is_answered_in_one_envelope()
    {
        await ImportAsync();
        string[][] questions =
        [
            ["orphans"],
            ["blast-radius", "key1"],
            ["path", "key1", "db"],
            ["identity", "find", "svc"],
            ["identity", "show", "svc"],
            ["identity", "chain", "key1"],
            ["handoff", "list"],
        ];
        foreach (var question in questions)
        {
            var said = await _idgraph.RunAsync([.. question, "--as-of", AsOf, "-o", "json"]);

            Assert.True(said.Code == 0, $"{string.Join(' ', question)}: {said.Code} {said.Errors}");
            using var answer = JsonDocument.Parse(said.Output);
            Assert.Equal(
                ["schemaVersion", "command", "asOf", "asKnownAt", "profile", "policy", "store", "truncated", "warnings", "data"],
                answer.RootElement.EnumerateObject().Select(member => member.Name));
            Assert.Equal(AsOf, answer.RootElement.GetProperty("asOf").GetString());
        }
    }

    [Fact]
    public async Task The_blast_radius_of_a_key_names_rights_hops_and_proof()
    {
        await ImportAsync();

        var said = await _idgraph.RunAsync("blast-radius", "key1", "--as-of", AsOf, "-o", "ndjson");

        var lines = said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["db", "svc"], lines.Select(line => line.GetProperty("id").GetString()));
        Assert.Equal("DR", lines[0].GetProperty("certain").GetProperty("direct").GetString());
        Assert.Equal("L2", lines[0].GetProperty("level").GetString());
        Assert.Equal(2, lines[0].GetProperty("hops").GetInt32());
    }

    [Fact]
    public async Task Tables_and_csv_carry_the_same_rows_and_hostile_names_are_made_harmless()
    {
        await ImportAsync();

        var table = await _idgraph.RunAsync("identity", "find", "evil", "--as-of", AsOf);
        var csv = await _idgraph.RunAsync("identity", "find", "evil", "--as-of", AsOf, "-o", "csv");

        Assert.DoesNotContain("\u001b", table.Output, StringComparison.Ordinal);
        Assert.Contains("\\u001b[31mevil", table.Output);
        Assert.Contains("'=cmd", csv.Output);
        Assert.StartsWith("id,kind,name", csv.Output);
    }

    [Fact]
    public async Task Asked_as_of_now_an_old_reading_is_stale_and_says_so()
    {
        await ImportAsync();

        var said = await _idgraph.RunAsync("orphans");

        Assert.Equal(4, said.Code);
        Assert.Contains("stale", said.Errors);
        Assert.DoesNotContain("stale:", said.Output);
    }

    [Theory]
    [InlineData(2, "nonsense")]
    [InlineData(2, "orphans", "--as-of", "yesterday")]
    [InlineData(2, "orphans", "-o", "xml")]
    [InlineData(2, "blast-radius")]
    [InlineData(2, "blast-radius", "x", "--profile", "Nobody")]
    [InlineData(2, "import", "there-is-no-such-file.ndjson")]
    [InlineData(5, "orphans", "--store", "there-is-no-such-store")]
    [InlineData(5, "doctor", "--store", "there-is-no-such-store")]
    [InlineData(2, "version", "--config", "there-is-no-such-file.yaml", "--store", "x", "orphans")]
    public async Task What_cannot_be_done_is_said_on_standard_error_with_its_code(int code, params string[] arguments)
    {
        var said = await _idgraph.RunAsync(arguments);

        Assert.Equal(code, said.Code);
        if (arguments[0] != "doctor")
        {
            Assert.Empty(said.Output);
            Assert.StartsWith("idgraph: ", said.Errors);
        }
    }

    [Fact]
    public async Task An_unknown_identity_is_exit_code_3_and_names_the_way_out()
    {
        await ImportAsync();

        var said = await _idgraph.RunAsync("blast-radius", "nobody", "--as-of", AsOf);

        Assert.Equal(3, said.Code);
        Assert.Contains("identity find", said.Errors);
    }

    [Fact]
    public async Task A_question_that_fails_leaves_the_file_it_was_to_write_as_it_was()
    {
        await ImportAsync();
        var file = _idgraph.Write("kept.txt", "kept");

        Assert.Equal(3, (await _idgraph.RunAsync("blast-radius", "nobody", "--as-of", AsOf, "-f", file)).Code);
        Assert.Equal("kept\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(0, (await _idgraph.RunAsync("orphans", "--as-of", AsOf, "-f", file)).Code);
        Assert.Contains("svc", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(file + ".making"));
    }

    [Fact]
    public async Task A_bad_line_is_told_and_the_rest_goes_in()
    {
        var lines = Facts().Append("""{"node":"x","kind":"Account","from":"2025-13-01"}""");
        var file = _idgraph.Write("facts.ndjson", [.. lines]);

        var said = await _idgraph.RunAsync("import", file);

        Assert.Equal(7, said.Code);
        Assert.Contains("`from`", said.Errors);
        Assert.Equal(0, (await _idgraph.RunAsync("identity", "show", "svc", "--as-of", AsOf)).Code);
    }

    [Fact]
    public async Task What_went_in_comes_out_again_and_answers_the_same()
    {
        await ImportAsync();
        var before = await _idgraph.RunAsync("blast-radius", "key1", "--as-of", AsOf, "--as-known-at", AsOf, "-o", "json");
        var exported = Path.Combine(_idgraph.Folder, "out.ndjson");

        Assert.Equal(0, (await _idgraph.RunAsync("export", "--to", "ndjson", "-f", exported)).Code);
        Assert.Equal(0, (await _idgraph.RunAsync("import", exported, "--store", "second")).Code);
        var after = await _idgraph.RunAsync("blast-radius", "key1", "--as-of", AsOf, "--as-known-at", AsOf, "-o", "json", "--store", "second");

        Assert.Equal(before.Output, after.Output);
    }

    [Theory]
    [InlineData("schema", "--format", "md")]
    [InlineData("schema", "-o", "json")]
    [InlineData("schema", "--catalogue")]
    [InlineData("schema", "--catalogue", "entra-roles")]
    [InlineData("schema", "--catalogue", "okta-scopes", "-o", "csv")]
    [InlineData("schema", "--catalogue", "github-roles", "--format", "md")]
    [InlineData("version")]
    [InlineData("completion", "bash")]
    [InlineData("init")]
    public async Task Commands_that_need_no_graph_answer_on_standard_output(params string[] arguments)
    {
        var said = await _idgraph.RunAsync(arguments);

        Assert.Equal(0, said.Code);
        Assert.NotEmpty(said.Output);
    }

    [Fact]
    public async Task A_store_is_told_checked_and_doctored()
    {
        await ImportAsync();

        Assert.Equal(0, (await _idgraph.RunAsync("store", "info", "-o", "json")).Code);
        Assert.Equal(0, (await _idgraph.RunAsync("store", "check")).Code);
        var doctor = await _idgraph.RunAsync("doctor", "--as-of", AsOf, "-o", "csv");
        Assert.Equal(0, doctor.Code);
        Assert.Contains("placeholder,ghost", doctor.Output);
    }

    [Fact]
    public async Task Streams_that_were_never_read_to_their_end_are_one_row_a_source()
    {
        var lines = Facts().Select(line => line.Replace("\"complete\":true", line.Contains("Person", StringComparison.Ordinal) ? "\"complete\":true" : "\"complete\":false", StringComparison.Ordinal));
        Assert.Equal(0, (await _idgraph.RunAsync("import", _idgraph.Write("open.ndjson", [.. lines]))).Code);

        var doctor = await _idgraph.RunAsync("doctor", "--as-of", AsOf, "-o", "csv");

        Assert.Equal(["fresh", "never complete"], doctor.Output.Split('\n').Where(line => line.StartsWith("stream,", StringComparison.Ordinal)).Select(line => line.Contains(",fresh,", StringComparison.Ordinal) ? "fresh" : "never complete").Order());
        Assert.Contains("\"okta/acme AUTHENTICATES_AS, Account, Credential, ENTITLES, Resource, ServiceIdentity\",never complete,", doctor.Output);
    }

    private async Task ImportAsync()
    {
        var said = await _idgraph.RunAsync("import", _idgraph.Write("facts.ndjson", Facts()));
        Assert.Equal(0, said.Code);
    }

    private static string[] Facts() =>
    [
        """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:04:10Z","interval":"PT24H"}""",
        """{"node":"svc","kind":"ServiceIdentity","props":{"state":"Active","name":"svc"}}""",
        """{"node":"evil","kind":"Account","props":{"state":"Active","name":"\u001b[31mevil"}}""",
        """{"node":"evil2","kind":"Account","props":{"state":"Active","name":"=cmd|' /C calc'!A0"}}""",
        """{"node":"key1","kind":"Credential","props":{"kind":"apiKey","state":"Active","expiresAt":null}}""",
        """{"edge":"AUTHENTICATES_AS","of":"key1","to":"svc"}""",
        """{"node":"db","kind":"Resource","props":{"criticality":5}}""",
        """{"edge":"ENTITLES","of":"svc","to":"db","props":{"level":"L2"}}""",
        """{"edge":"ENTITLES","of":"svc","to":"ghost","props":{"level":"L2"}}""",
        .. Enumerable.Range(0, 20).Select(i => $$$"""{"node":"filler{{{i}}}","kind":"Person"}"""),
        .. new[] { "ServiceIdentity", "Account", "Credential", "AUTHENTICATES_AS", "Resource", "ENTITLES", "Person" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
    ];
}
