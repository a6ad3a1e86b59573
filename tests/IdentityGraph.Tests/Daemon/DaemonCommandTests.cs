using System.Diagnostics;
using System.Text.Json;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Bolt;
using IdentityGraph.Tests.Cli;

namespace IdentityGraph.Tests.Daemon;

/// <summary>The built program as collector, end to end.</summary>
public sealed class DaemonCommandTests(Neo4jServer neo4j) : IDisposable
{
    private readonly BuiltProgram _idgraph = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task A_source_is_collected_as_import_would_and_then_only_when_it_says_something_new()
    {
        Settings("okta: {path: okta.ndjson, every: PT15M}");
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "bot");
        Assert.Equal(0, (await _idgraph.RunAsync("import", "okta.ndjson", "--store", "by-hand")).Code);

        var first = await OnceAsync();
        var again = await OnceAsync();
        Facts("okta.ndjson", "2025-06-03T08:00:00Z", "bot", "other");
        var third = await OnceAsync();

        Assert.Equal(("collected", "1"), (first["okta"].Ending, first["okta"].Runs));
        Assert.Equal(("unchanged", ""), (again["okta"].Ending, again["okta"].Runs));
        Assert.Equal(("collected", "2"), (third["okta"].Ending, third["okta"].Runs));
        Assert.Equal(Run("by-hand", 1), Run("store", 1));
    }

    [Fact]
    public async Task A_file_written_anew_with_the_same_words_is_a_new_reading_only_where_it_does_not_say_when_it_was_read()
    {
        Settings("okta: {path: okta.ndjson}", "hr: {path: hr.csv, format: hr-csv}");
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "bot");
        _idgraph.Write("hr.csv", "Employee ID,Name,Hire Date", "17,Mara Vogt,2020-01-01");
        await OnceAsync();
        foreach (var file in new[] { "okta.ndjson", "hr.csv" })
        {
            File.SetLastWriteTimeUtc(Path.Combine(_idgraph.Folder, file), File.GetLastWriteTimeUtc(Path.Combine(_idgraph.Folder, file)).AddMinutes(-1));
        }

        var touched = await OnceAsync();

        Assert.Equal("unchanged", touched["okta"].Ending);
        Assert.NotEqual("unchanged", touched["hr"].Ending);
    }

    [Fact]
    public async Task One_that_fails_stops_no_other_and_all_that_fail_are_refused_input()
    {
        Settings("a-missing: {path: nowhere.ndjson}", "broken: {path: broken.ndjson}", "okta: {path: okta.ndjson}");
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "bot");
        _idgraph.Write("broken.ndjson", "{\"idgraph\":99,\"source\":\"x\",\"startedAt\":\"2025-06-02T08:00:00Z\"}");

        var all = await OnceAsync(7);
        var alone = await _idgraph.RunAsync("daemon", "--once", "--source", "a-missing", "broken", "-o", "json");

        Assert.Equal(["refused", "refused", "collected"], all.Values.Select(one => one.Ending));
        Assert.Contains("no file or folder `nowhere.ndjson`", all["a-missing"].Detail, StringComparison.Ordinal);
        Assert.Equal(2, alone.Code);
    }

    [Fact]
    public async Task Files_of_a_pattern_are_taken_by_name_each_once_and_unfinished_ones_not()
    {
        Settings("okta: {path: 'in/*.ndjson*'}");
        Directory.CreateDirectory(Path.Combine(_idgraph.Folder, "in"));
        Facts("in/2.ndjson", "2025-06-03T08:00:00Z", "bot");
        Facts("in/1.ndjson", "2025-06-02T08:00:00Z", "bot");
        Facts("in/3.ndjson.part", "2025-06-04T08:00:00Z", "bot");

        var first = await OnceAsync();
        File.Move(Path.Combine(_idgraph.Folder, "in/3.ndjson.part"), Path.Combine(_idgraph.Folder, "in/3.ndjson"));
        var second = await OnceAsync();

        Assert.Equal("1 2", first["okta"].Runs);
        Assert.Equal("3", second["okta"].Runs);
        Assert.Equal(["2025-06-02", "2025-06-03", "2025-06-04"], EmbeddedGraphStore.Open(Path.Combine(_idgraph.Folder, "store")).Runs().Select(run => run.Header.StartedAt.ToString("yyyy-MM-dd")));
    }

    [Fact]
    public async Task What_another_collector_is_at_is_skipped_and_it_is_named()
    {
        Settings("okta: {path: okta.ndjson}");
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "bot");
        var store = EmbeddedGraphStore.Create(Path.Combine(_idgraph.Folder, "store"));
        await using (await store.LeaseAsync("okta", Cancelled))
        {
            var skipped = await OnceAsync(5);

            Assert.Equal("skipped", skipped["okta"].Ending);
            Assert.Contains($"process {Environment.ProcessId}", skipped["okta"].Detail, StringComparison.Ordinal);
            Assert.Empty(store.Runs());
        }

        Assert.Equal("collected", (await OnceAsync())["okta"].Ending);
    }

    [Fact]
    public async Task What_was_taken_into_a_store_that_lost_it_is_taken_again()
    {
        Settings("okta: {path: okta.ndjson}");
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "bot");
        await OnceAsync();
        var store = Path.Combine(_idgraph.Folder, "store");
        Directory.Move(Path.Combine(store, "sources"), Path.Combine(_idgraph.Folder, "kept"));
        Directory.Delete(store, recursive: true);
        EmbeddedGraphStore.Create(store);
        Directory.Move(Path.Combine(_idgraph.Folder, "kept"), Path.Combine(store, "sources"));

        Assert.Equal("collected", (await OnceAsync())["okta"].Ending);
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_and_settings_that_cannot_be_meant_have_their_codes()
    {
        Settings("okta: {path: okta.ndjson, every: PT1H}");
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "bot");
        _idgraph.Write("nostore", "no store");

        Assert.Equal(5, (await _idgraph.RunAsync("daemon", "--once", "--store", "nostore")).Code);
        Assert.Equal(2, (await _idgraph.RunAsync("daemon", "--once", "--source", "otka")).Code);
        _idgraph.Write("none.yaml", "store: store");
        Assert.Contains("no sources are configured", (await _idgraph.RunAsync("daemon", "--once", "--config", "none.yaml")).Errors, StringComparison.Ordinal);
        _idgraph.Write("hand.yaml", "sources: {okta: {path: okta.ndjson}}");
        _idgraph.Environment["IDGRAPH__Daemon__Heartbeat"] = Path.Combine(_idgraph.Folder, "nowhere", "heartbeat");
        var unwritable = await _idgraph.RunAsync("daemon");
        Assert.Equal(2, unwritable.Code);
        Assert.Contains("`daemon:heartbeat`", unwritable.Errors, StringComparison.Ordinal);
        Assert.Contains("nothing to wait for", (await _idgraph.RunAsync("daemon", "--config", "hand.yaml")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_lines_are_json_and_hold_no_secret()
    {
        Settings("okta: {path: okta.ndjson}");
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "ghp_0123456789abcdefghijABCDEFGHIJ012345");

        var said = await _idgraph.RunAsync("daemon", "--once");

        Assert.All(said.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.NotNull(JsonDocument.Parse(line).RootElement.GetProperty("RenderedMessage").GetString()));
        Assert.DoesNotContain("ghp_0123456789", said.Errors + said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_runs_lists_and_tells_the_same_sources()
    {
        Settings("hr: {path: nowhere.csv, schedule: 0 0 6 * * ?}", "okta: {path: okta.ndjson, every: PT15M}");
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "bot");

        Assert.Equal(0, (await _idgraph.RunAsync("collect", "run", "okta")).Code);
        var listed = await _idgraph.RunAsync("collect", "list", "-o", "csv");
        var status = await _idgraph.RunAsync("collect", "status", "-o", "json");

        Assert.Equal(2, (await _idgraph.RunAsync("collect", "run")).Code);
        Assert.Contains("okta,okta.ndjson,(detected),every PT15M", listed.Output, StringComparison.Ordinal);
        var rows = JsonDocument.Parse(status.Output).RootElement.EnumerateArray().ToList();
        Assert.Equal(("never", "collected"), (rows[0].GetProperty("began").GetString(), rows[1].GetProperty("ending").GetString()));
        Assert.Equal(0, (await _idgraph.RunAsync("store", "check")).Code);
    }

    [Fact]
    public async Task A_daemon_that_is_told_to_stop_ends_cleanly_and_was_well_until_then()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no SIGTERM there");
        Settings("okta: {path: okta.ndjson, every: PT1H}");
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "bot");
        _idgraph.Environment["IDGRAPH__Daemon__Heartbeat"] = Path.Combine(_idgraph.Folder, "heartbeat");
        Assert.Equal(1, (await _idgraph.RunAsync("health")).Code);
        using var daemon = _idgraph.Start("daemon");
        List<string> lines = [];
        while (await daemon.StandardError.ReadLineAsync(Cancelled) is { } line && !line.Contains("\"Ending\":\"collected\"", StringComparison.Ordinal))
        {
            lines.Add(line);
        }

        Assert.Equal(0, (await _idgraph.RunAsync("health")).Code);
        Process.Start("kill", ["-TERM", daemon.Id.ToString()])!.WaitForExit();
        var rest = await daemon.StandardError.ReadToEndAsync(Cancelled);
        await daemon.WaitForExitAsync(Cancelled);

        Assert.Equal(143, daemon.ExitCode);
        Assert.Contains("daemon begins", lines[0], StringComparison.Ordinal);
        Assert.Contains("daemon ends", rest, StringComparison.Ordinal);
        Assert.Equal(1, (await _idgraph.RunAsync("health")).Code);
        Assert.True((await EmbeddedGraphStore.Open(Path.Combine(_idgraph.Folder, "store")).CheckAsync(Cancelled)).IsSound);
    }

    [Fact]
    public async Task A_daemon_that_is_killed_in_the_middle_leaves_nothing_and_the_next_collects_what_was_cut_off()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in folders there");
        Settings("okta: {path: okta.ndjson}");
        var pipe = Path.Combine(_idgraph.Folder, "okta.ndjson");
        Process.Start("mkfifo", [pipe])!.WaitForExit();
        using (var daemon = _idgraph.Start("daemon", "--once"))
        {
            while (await daemon.StandardError.ReadLineAsync(Cancelled) is { } line && !line.Contains("begins, lease", StringComparison.Ordinal))
            {
            }

            Assert.Equal("running", await StatusAsync());
            Assert.Equal("skipped", (await OnceAsync(5))["okta"].Ending);
            daemon.Kill();
            await daemon.WaitForExitAsync(Cancelled);
        }

        Assert.StartsWith("cut off", await StatusAsync(), StringComparison.Ordinal);
        File.Delete(pipe);
        Facts("okta.ndjson", "2025-06-02T08:00:00Z", "bot");

        Assert.Equal("1", (await OnceAsync())["okta"].Runs);
        Assert.Equal("collected", await StatusAsync());
        Assert.True((await EmbeddedGraphStore.Open(Path.Combine(_idgraph.Folder, "store")).CheckAsync(Cancelled)).IsSound);

        async Task<string?> StatusAsync() => JsonDocument.Parse((await _idgraph.RunAsync("collect", "status", "-o", "json")).Output).RootElement[0].GetProperty("ending").GetString();
    }

    [Fact]
    public async Task A_shared_store_is_collected_into_alike_and_its_graph_follows()
    {
        var server = await neo4j.GetAsync();
        using var program = await BuiltProgram.BesideAsync(neo4j);
        program.Environment["IDGRAPH__Store"] = $"{server.Uri}?store=d-{Guid.NewGuid():N}";
        program.Write("idgraph.yaml", "sources: {okta: {path: okta.ndjson}}");
        program.Write("okta.ndjson", Lines("2025-06-02T08:00:00Z", "bot"));

        var first = await program.RunAsync("daemon", "--once", "-o", "json");
        var again = await program.RunAsync("daemon", "--once", "-o", "json");
        var asked = await program.RunAsync("query", "MATCH (i:ServiceIdentity {store: $store}) RETURN i.id AS id", "-o", "csv");

        Assert.Equal((0, "collected"), (first.Code, Outcomes(first)["okta"].Ending));
        Assert.Equal((0, "unchanged"), (again.Code, Outcomes(again)["okta"].Ending));
        Assert.Contains("okta:app/bot", asked.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Password, first.Errors + first.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await program.RunAsync("health")).Code);
    }

    private async Task<Dictionary<string, (string Ending, string Runs, string Detail)>> OnceAsync(int code = 0)
    {
        var said = await _idgraph.RunAsync("daemon", "--once", "-o", "json");
        Assert.True(said.Code == code, $"{said.Code}: {said.Errors}");
        return Outcomes(said);
    }

    private static Dictionary<string, (string Ending, string Runs, string Detail)> Outcomes(Said said) =>
        JsonDocument.Parse(said.Output).RootElement.EnumerateArray().ToDictionary(
            row => row.GetProperty("source").GetString()!,
            row => (row.GetProperty("ending").GetString()!, row.GetProperty("runs").GetString()!, row.GetProperty("detail").GetString()!));

    private void Settings(params string[] sources) => _idgraph.Write("idgraph.yaml", ["store: store", "sources:", .. sources.Select(source => "  " + source)]);

    private void Facts(string name, string startedAt, params string[] identities) => _idgraph.Write(name, Lines(startedAt, identities));

    private static string[] Lines(string startedAt, params string[] identities) =>
    [
        $$"""{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"{{startedAt}}","interval":"P1D"}""",
        .. identities.Select(identity => $$$"""{"node":"okta:app/{{{(identity.StartsWith("ghp", StringComparison.Ordinal) ? "x" : identity)}}}","kind":"ServiceIdentity","props":{"state":"Active","name":"{{{identity}}}"}}"""),
        """{"end":"ServiceIdentity","complete":true}""",
    ];

    private List<string> Run(string store, int number)
    {
        var opened = EmbeddedGraphStore.Open(Path.Combine(_idgraph.Folder, store));
        var run = opened.Runs().Single(run => run.Number == number);
        return [(run.Header with { RecordedAt = null, Unrecognised = [] }).ToString(), .. opened.Read(run, Cancelled).Select(observation => observation.ToString())];
    }
}
