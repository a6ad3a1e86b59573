using System.Diagnostics;

namespace IdentityGraph.Tests.Cli;

/// <summary>Answers with a picture, from the built program; and what a browser says of the page, where there is one.</summary>
public sealed class DrawingCommandTests : IDisposable
{
    private const string AsOf = "2025-06-02T09:00:00Z";
    private static readonly string[] s_browsers = ["chromium", "chromium-browser", "google-chrome"];

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Theory]
    [InlineData("Blast radius of key", "blast-radius", "key")]
    [InlineData("From key to ledger", "path", "key", "ledger", "--k", "2")]
    [InlineData("Cheapest cut: key", "cuts", "--from", "key", "--to", "ledger")]
    [InlineData("Is mara out?", "leaver", "mara")]
    [InlineData("Is mara out?", "leaver", "--all")]
    [InlineData("Chain of robot", "identity", "chain", "robot")]
    public async Task Answers_with_a_picture_are_drawn_in_three_ways(string title, params string[] words)
    {
        await ImportAsync();

        var html = await _idgraph.RunAsync([.. words, "--as-of", AsOf, "-o", "html"]);
        Assert.True(html.Code == 0, html.Errors);
        Assert.StartsWith("<!DOCTYPE html>\n", html.Output, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", html.Output, StringComparison.Ordinal);
        Assert.StartsWith("flowchart LR\n", (await _idgraph.RunAsync([.. words, "--as-of", AsOf, "-o", "mermaid"])).Output, StringComparison.Ordinal);
        Assert.StartsWith("digraph chain {\n", (await _idgraph.RunAsync([.. words, "--as-of", AsOf, "-o", "dot"])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("answer.html", "<!DOCTYPE html>")]
    [InlineData("answer.JSON", "{")]
    [InlineData("answer.mmd", "flowchart LR")]
    [InlineData("answer.dot", "digraph chain {")]
    [InlineData("answer.txt", "Blast radius")]
    [InlineData("answer.html", "{", "-o", "json")]
    public async Task A_file_is_written_as_its_ending_says_unless_told(string file, string begins, params string[] told)
    {
        await ImportAsync();

        Assert.Equal(0, (await _idgraph.RunAsync(["blast-radius", "key", "--as-of", AsOf, "-f", file, .. told])).Code);
        Assert.StartsWith(begins, await File.ReadAllTextAsync(Path.Combine(_idgraph.Folder, file), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chain_stands_in_the_picture_and_in_the_table()
    {
        await ImportAsync();

        var path = (await _idgraph.RunAsync("path", "key", "ledger", "--as-of", AsOf, "-o", "html")).Output;
        Assert.Contains("<a class=\"rule certain\" href=\"#hop-2\"><title>D1: Whoever has a live credential acts as what it authenticates as.</title>", path, StringComparison.Ordinal);
        Assert.Contains("<div>ticket-7</div>", path, StringComparison.Ordinal);
        var nothing = (await _idgraph.RunAsync("path", "guard", "robot", "--as-of", AsOf, "-o", "html")).Output;
        Assert.Contains("<h1>No path</h1>", nothing, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_without_a_picture_say_so()
    {
        await ImportAsync();

        foreach (var format in (string[])["html", "mermaid", "dot"])
        {
            var said = await _idgraph.RunAsync("orphans", "--as-of", AsOf, "-o", format);
            Assert.Equal(2, said.Code);
            Assert.Contains("`orphans` has no picture", said.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_browser_draws_the_page_and_refuses_nothing_of_it()
    {
        var browser = Browser();
        await ImportAsync();
        Assert.Equal(0, (await _idgraph.RunAsync("blast-radius", "key", "--as-of", AsOf, "-o", "html", "-f", "page.html")).Code);

        var (dom, log) = await BrowseAsync(browser, "--dump-dom");
        Assert.Contains("<h1>Blast radius of key</h1>", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("Content Security Policy", log, StringComparison.Ordinal);
        var picture = Path.Combine(_idgraph.Folder, "page.pdf");
        await BrowseAsync(browser, $"--print-to-pdf={picture}");
        Assert.True(new FileInfo(picture).Length > 10_000, "the printed page is empty");
    }

    private async Task<(string Dom, string Log)> BrowseAsync(string browser, string what)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(browser, ["--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", $"--user-data-dir={Path.Combine(_idgraph.Folder, "browser")}", what, "file://" + Path.Combine(_idgraph.Folder, "page.html")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var token = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token);
        return (await output, await errors);
    }

    /// <summary>Skips where there is none, unless IDENTITYGRAPH_REQUIRE lists `chromium`.</summary>
    private static string Browser()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(static folder => s_browsers.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.False((Environment.GetEnvironmentVariable("IDENTITYGRAPH_REQUIRE") ?? "").Split(',', ' ').Contains("chromium"), "IDENTITYGRAPH_REQUIRE lists chromium, and none is on the PATH");
            Assert.Skip("no Chromium on the PATH; `apt-get install chromium` brings one");
        }

        return found!;
    }

    private async Task ImportAsync()
    {
        var file = _idgraph.Write(
            "facts.ndjson",
            [
                """{"idgraph":1,"source":"estate","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:00:00Z"}""",
                """{"node":"mara","kind":"Person"}""",
                """{"node":"job","kind":"Employment","props":{"status":"ended","startAt":"2020-01-01T00:00:00Z","endAt":"2025-05-01T00:00:00Z"}}""",
                """{"edge":"EMPLOYED_AS","of":"mara","to":"job"}""",
                """{"edge":"HELD_BY","of":"key","to":"mara","from":"2025-01-01T00:00:00Z"}""",
                """{"node":"guard","kind":"Account","props":{"state":"Active"}}""",
                """{"node":"robot","kind":"ServiceIdentity","props":{"state":"Active"}}""",
                """{"node":"key","kind":"Credential","props":{"kind":"apiKey","expiresAt":null,"extractable":true}}""",
                """{"node":"ledger","kind":"Resource","props":{"criticality":6,"crownJewel":true}}""",
                """{"edge":"AUTHENTICATES_AS","of":"key","to":"robot","evidence":[{"ref":"ticket-7"}]}""",
                """{"edge":"ENTITLES","of":"robot","to":"ledger","props":{"level":"L3"}}""",
                .. new[] { "Person", "Employment", "EMPLOYED_AS", "HELD_BY", "Account", "ServiceIdentity", "Credential", "Resource", "ENTITLES", "AUTHENTICATES_AS" }.Select(stream => $$"""{"end":"{{stream}}","complete":true}"""),
            ]);
        var said = await _idgraph.RunAsync("import", file);
        Assert.True(said.Code == 0, said.Errors);
    }
}
