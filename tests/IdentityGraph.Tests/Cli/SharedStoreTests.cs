using IdentityGraph.Tests.Bolt;

namespace IdentityGraph.Tests.Cli;

/// <summary>The program on a store in Neo4j, as people call it.</summary>
public sealed class SharedStoreTests(Neo4jServer neo4j)
{
    private static readonly string[] s_facts =
    [
        """{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","interval":"P1D"}""",
        """{"node":"okta:app/bot","kind":"ServiceIdentity","props":{"state":"Active","name":"bot"}}""",
        """{"end":"ServiceIdentity","complete":true}""",
    ];

    [Fact]
    public async Task Facts_are_imported_asked_checked_and_exported_there_as_from_a_folder()
    {
        var (program, place) = await ProgramAsync();
        using var _ = program;
        var facts = program.Write("facts.ndjson", s_facts);

        Assert.Equal(0, (await program.RunAsync("init", "--store", place)).Code);
        Assert.Equal(0, (await program.RunAsync("import", facts, "--store", place)).Code);
        Assert.Equal(0, (await program.RunAsync("import", facts, "--store", "folder")).Code);
        var shared = await program.RunAsync("orphans", "--all-states", "--store", place, "--as-of", "2025-06-02T08:00:00Z", "-o", "csv");
        var local = await program.RunAsync("orphans", "--all-states", "--store", "folder", "--as-of", "2025-06-02T08:00:00Z", "-o", "csv");

        Assert.Contains("okta:app/bot", shared.Output);
        Assert.Equal(local.Output, shared.Output);
        Assert.Contains("1 of 1 run(s) whole", (await program.RunAsync("store", "check", "--store", place)).Output);
        Assert.Contains("\"okta:app/bot\"", (await program.RunAsync("export", "--to", "ndjson", "--store", place)).Output);
        Assert.DoesNotContain(Secret, string.Concat(shared.Output, shared.Errors, (await program.RunAsync("doctor", "--store", place)).Output));
    }

    [Fact]
    public async Task The_graph_for_Cypher_follows_each_import_and_says_when_it_lags_and_what_mends_it()
    {
        var (program, place) = await ProgramAsync();
        using var _ = program;
        var facts = program.Write("facts.ndjson", s_facts);

        var followed = await program.RunAsync("import", facts, "--store", place);
        Assert.Contains("the graph for Cypher shows run 1", followed.Errors);
        Assert.Equal(0, (await program.RunAsync("import", facts, "--store", place, "--no-project")).Code);
        var lagging = await program.RunAsync("store", "info", "--store", place);
        Assert.Contains("lags: it shows run 1, the newest is 2", lagging.Errors);
        Assert.Contains($"idgraph store project --store {place}", lagging.Errors);
        Assert.Contains("lags", (await program.RunAsync("doctor", "--store", place)).Output);
        var asked = await program.RunAsync("query", "MATCH (i:ServiceIdentity {store: $store}) RETURN i.id AS id", "--store", place);
        Assert.Equal(4, asked.Code);
        Assert.Contains("lags", asked.Errors);

        var mended = await program.RunAsync("store", "project", "--store", place, "-o", "csv");

        Assert.Equal(0, mended.Code);
        Assert.Equal(0, (await program.RunAsync("query", "MATCH (i:ServiceIdentity {store: $store}) RETURN i.id AS id", "--store", place)).Code);
    }

    [Fact]
    public async Task A_store_that_was_never_made_is_said_to_be_missing()
    {
        var (program, place) = await ProgramAsync();
        using var _ = program;

        var said = await program.RunAsync("orphans", "--store", place);

        Assert.Equal(5, said.Code);
        Assert.Contains("there is no store", said.Errors);
    }

    [Fact]
    public async Task A_password_that_is_no_reference_is_refused_and_not_shown()
    {
        using var program = new BuiltProgram();
        program.Environment["IDGRAPH__Neo4j__User"] = "neo4j";
        program.Environment["IDGRAPH__Neo4j__Password"] = "hunter2";

        var said = await program.RunAsync("orphans", "--store", "bolt://127.0.0.1:1");

        Assert.Equal(2, said.Code);
        Assert.Contains("env:NAME", said.Errors);
        Assert.DoesNotContain("hunter2", said.Errors);
    }

    [Fact]
    public async Task A_password_in_a_file_that_everybody_reads_is_refused()
    {
        using var program = new BuiltProgram();
        var file = program.Write("password", "hunter2");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }
        else
        {
            Assert.Skip("files have no such modes there");
        }

        program.Environment["IDGRAPH__Neo4j__Password"] = $"file:{file}";

        var said = await program.RunAsync("orphans", "--store", "bolt://127.0.0.1:1");

        Assert.Equal(2, said.Code);
        Assert.Contains("chmod o-rw", said.Errors);
        Assert.DoesNotContain("hunter2", said.Errors);
    }

    [Fact]
    public async Task The_demo_is_not_made_on_a_server()
    {
        using var program = new BuiltProgram();

        var said = await program.RunAsync("demo", "--store", "bolt://127.0.0.1:1");

        Assert.Equal(2, said.Code);
        Assert.Contains("a folder of its own", said.Errors);
    }

    private string Secret { get; set; } = "";

    private async Task<(BuiltProgram Program, string Place)> ProgramAsync()
    {
        var server = await neo4j.GetAsync();
        Secret = server.Password;
        return (await BuiltProgram.BesideAsync(neo4j), $"{server.Uri}?store=c-{Guid.NewGuid():N}");
    }
}
