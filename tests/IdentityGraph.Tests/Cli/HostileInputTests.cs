using System.Text.Json;

namespace IdentityGraph.Tests.Cli;

/// <summary>What went wrong once when the built program was attacked from outside.</summary>
public sealed class HostileInputTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";
    private const string Header = """{"idgraph":1,"source":"s","startedAt":"2025-06-02T08:00:00Z"}""";

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task Made_up_property_names_without_end_cost_nobody_the_answers()
    {
        const int each = 4_000;
        var lines = Enumerable.Range(0, 17).Select(node => Bomb($"n{node}", node * each, each));
        _idgraph.Write("bomb.ndjson", [Header, .. lines, """{"node":"last","kind":"Account","props":{"state":"Active"}}"""]);
        await _idgraph.RunAsync("import", "bomb.ndjson");

        var said = await _idgraph.RunAsync("identity", "show", "last", "--as-of", AsOf, "-o", "json");

        Assert.True(said.Code == 0, said.Errors);
        Assert.Contains("\"Active\"", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_with_a_hundred_thousand_properties_is_rejected_and_the_rest_goes_in()
    {
        var rest = Enumerable.Range(0, 40).Select(node => $$"""{"node":"n{{node}}","kind":"Account"}""");
        _idgraph.Write("bomb.ndjson", [Header, Bomb("bomb", 0, 100_000), .. rest]);

        var said = await _idgraph.RunAsync("import", "bomb.ndjson");

        Assert.Equal(7, said.Code);
        Assert.Contains("line 2 `props`: the line has more than 4096 properties", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_is_refused_leaves_no_store_behind_and_keeps_one_that_was_there()
    {
        _idgraph.Write("bad.ndjson", ["""{"idgraph":2,"source":"s","startedAt":"2025-06-02T08:00:00Z"}"""]);
        _idgraph.Write("rejected.ndjson", [Header, """{"node":7}"""]);
        _idgraph.Write("good.ndjson", [Header, """{"node":"a","kind":"Account"}"""]);

        Assert.Equal(2, (await _idgraph.RunAsync("import", "bad.ndjson")).Code);
        Assert.Equal(2, (await _idgraph.RunAsync("import", "rejected.ndjson")).Code);
        Assert.Contains("there is no store", (await _idgraph.RunAsync("store", "info")).Errors, StringComparison.Ordinal);

        Assert.Equal(0, (await _idgraph.RunAsync("import", "good.ndjson")).Code);
        Assert.Equal(2, (await _idgraph.RunAsync("import", "bad.ndjson")).Code);
        Assert.Equal(0, (await _idgraph.RunAsync("store", "info")).Code);
    }

    [Fact]
    public async Task A_long_chain_is_proved_node_by_node_without_taking_the_cube_of_its_length()
    {
        const int length = 1_000;
        var nodes = Enumerable.Range(0, length).Select(i => $$"""{"node":"a{{i}}","kind":"Account","props":{"state":"Active"},"from":"2024-01-01T00:00:00Z"}""");
        var edges = Enumerable.Range(0, length - 1).Select(i => $$"""{"edge":"CAN_ISSUE_CREDENTIAL","of":"a{{i}}","to":"a{{i + 1}}","from":"2024-01-01T00:00:00Z"}""");
        _idgraph.Write("chain.ndjson", [Header, .. nodes, .. edges]);
        await _idgraph.RunAsync("import", "chain.ndjson");

        var said = await _idgraph.RunAsync("blast-radius", "a0", "--as-of", AsOf, "-o", "json");
        var cut = await _idgraph.RunAsync("blast-radius", "a0", "--as-of", AsOf, "-o", "json", "--budget", "0.001s");

        Assert.True(said.Code == 0, said.Errors);
        using var answer = JsonDocument.Parse(said.Output);
        Assert.Equal(length - 1, answer.RootElement.GetProperty("data").GetProperty("reached").GetArrayLength());
        Assert.Equal(8, cut.Code);
    }

    [Fact]
    public async Task Terminal_controls_in_names_reach_neither_a_csv_nor_a_json_reader_raw()
    {
        _idgraph.Write("evil.ndjson", Header, """{"node":"n","kind":"Account","props":{"name":"=1+1\u001b[31m\u202eevil"}}""");
        await _idgraph.RunAsync("import", "evil.ndjson");

        var csv = await _idgraph.RunAsync("identity", "find", "evil", "--as-of", AsOf, "-o", "csv");
        var json = await _idgraph.RunAsync("identity", "find", "evil", "--as-of", AsOf, "-o", "json");

        Assert.Contains(@"n,Account,'=1+1\u001b[31m\u202eevil", csv.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', json.Output);
        using var answer = JsonDocument.Parse(json.Output);
        Assert.Contains("=1+1\u001b[31m\u202eevil", answer.RootElement.GetProperty("data").ToString().Replace(@"\u202e", "\u202e", StringComparison.Ordinal).Replace(@"\u001B", "\u001b", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- store: elsewhere", "the file")]
    [InlineData("store: [elsewhere]", "`store`")]
    public async Task A_list_in_the_configuration_is_an_error_not_passed_over(string yaml, string named)
    {
        _idgraph.Write("idgraph.yaml", yaml);

        var said = await _idgraph.RunAsync("orphans");

        Assert.Equal(2, said.Code);
        Assert.Contains($"idgraph.yaml line 1: {named} is a list", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hint_after_a_usage_error_names_the_whole_command()
    {
        var said = await _idgraph.RunAsync("identity", "chain", "x", "--depth", "0");

        Assert.Equal(2, said.Code);
        Assert.Contains("`idgraph identity chain --help`", said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"node":"n","kind":"Account","props":{"db_password":["canary-in-a-list"]}}""")]
    [InlineData("""{"node":"n","kind":"Account","props":{"slackClientSecret":"canary-of-slack"}}""")]
    public async Task A_secret_behind_somebodys_name_for_it_is_neither_kept_nor_told(string line)
    {
        _idgraph.Write("secret.ndjson", Header, line);

        var said = await _idgraph.RunAsync("import", "secret.ndjson", "--allow-rejects", "-o", "json");

        Assert.Equal(7, said.Code);
        Assert.DoesNotContain("canary", said.Output + said.Errors, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(Path.Combine(_idgraph.Folder, "idgraph-data"), "*", SearchOption.AllDirectories), file =>
            Assert.DoesNotContain("canary", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_in_place_of_the_version_is_not_quoted()
    {
        _idgraph.Write("secret.ndjson", """{"idgraph":"ghp_CANARYq7RtY2LmK9pXw4VbN8sDf3GhJ6Tc0aBcD","source":"s","startedAt":"2025-06-02T08:00:00Z"}""");

        var said = await _idgraph.RunAsync("import", "secret.ndjson", "--from", "ndjson", "-o", "json");

        Assert.Equal(2, said.Code);
        Assert.DoesNotContain("CANARY", said.Output + said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_under_the_answer_is_said_in_words_not_with_a_stack()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");

        var said = await _idgraph.RunAsync("schema", "-f", "/dev/full");

        Assert.Equal(2, said.Code);
        Assert.DoesNotContain("internal error", said.Errors, StringComparison.Ordinal);
    }

    /// <summary>A node with so many properties that nobody knows, named from the first number on.</summary>
    private static string Bomb(string id, int first, int count) =>
        "{\"node\":\"" + id + "\",\"kind\":\"Account\",\"props\":{" + string.Join(',', Enumerable.Range(first, count).Select(name => $"\"p{name}\":1")) + "}}";
}
