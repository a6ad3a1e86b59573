using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources;
using IdentityGraph.Sources.Ndjson;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.Ndjson;

public sealed class NdjsonExportTests : IDisposable
{
    private const string TwoRuns =
        """
        {"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:04:10Z","interval":"PT24H","collector":"idgraph-okta/1.0"}
        {"node":"okta:user/00u1","kind":"Account","from":"2025-05-30T18:05:00Z","props":{"name":"Zoë","state":"Disabled","mfa":null,"shoeSize":43},"grade":"SystemEvent","evidence":["log 7"],"stream":"users"}
        {"seen":"okta:user/00u2","stream":"users","reason":"unknown status"}
        {"end":"users","complete":true,"count":2}
        {"idgraph":1,"source":"hr","startedAt":"2025-06-03T08:00:00Z","recordedAt":"2025-06-03T09:00:00Z","mode":"delta"}
        {"edge":"OWNED_BY","of":"okta:user/00u1","to":"hr:person/17","until":"2025-06-01T00:00:00Z","props":{"role":"accountable"}}

        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_imported_is_printed_as_it_was_and_its_print_can_be_imported()
    {
        await using var store = await Imported(TwoRuns);
        var print = Print(store);
        Assert.Equal(TwoRuns, print);

        await using var again = await Imported(print);
        Assert.Equal(TwoRuns, Print(again));
        Assert.Equal(store.Runs().Select(run => run.Sha256), again.Runs().Select(run => run.Sha256));
    }

    [Fact]
    public async Task A_folder_gets_a_file_for_each_run_and_is_imported_as_one()
    {
        await using var store = await Imported(TwoRuns);
        var folder = _folder.Sub();

        var files = NdjsonExport.ToPath(store, NdjsonExport.Choose(store, null), folder, Cancellation);

        Assert.Equal(["run-000001.ndjson", "run-000002.ndjson"], files.Select(Path.GetFileName));
        Assert.Equal(TwoRuns, string.Concat(files.Select(File.ReadAllText)));
        var (format, request) = FileFormats.Detect(new ImportRequest { Path = folder });
        Assert.Equal("ndjson", format.Name);
        await using var again = New();
        var result = await Pipeline.ImportAsync(format, request, again, cancellationToken: Cancellation);
        Assert.Equal(ImportVerdict.Clean, result.Verdict);
        Assert.Equal(TwoRuns, Print(again));
    }

    [Theory]
    [InlineData("one.ndjson")]
    [InlineData("one.ndjson.gz")]
    public async Task A_file_takes_exactly_one_run(string name)
    {
        await using var store = await Imported(TwoRuns);
        var path = _folder.Sub() + name;

        var two = Assert.Throws<ExportException>(() => NdjsonExport.ToPath(store, NdjsonExport.Choose(store, null), path, Cancellation));
        Assert.Contains("--run", two.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));

        NdjsonExport.ToPath(store, NdjsonExport.Choose(store, 2), path, Cancellation);
        using var reader = new StreamReader(InputFiles.Open(new ImportRequest { Path = path }));
        Assert.Equal(TwoRuns[TwoRuns.IndexOf("""{"idgraph":1,"source":"hr""", StringComparison.Ordinal)..], await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_named_with_those_that_are()
    {
        await using var store = await Imported(TwoRuns);
        Assert.Contains("has no run 3; it has runs 1 to 2", Assert.Throws<ExportException>(() => NdjsonExport.Choose(store, 3)).Message, StringComparison.Ordinal);

        await using var empty = New();
        Assert.Contains("holds no run", Assert.Throws<ExportException>(() => NdjsonExport.Choose(empty, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        await using var store = await Imported(TwoRuns);
        var folder = _folder.Sub();
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "thesis.txt"), "mine", Cancellation);

        Assert.Throws<ExportException>(() => NdjsonExport.ToPath(store, NdjsonExport.Choose(store, null), folder, Cancellation));
        Assert.Equal(["thesis.txt"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    private static string Print(IGraphStore store)
    {
        using var stream = new MemoryStream();
        NdjsonExport.ToStream(store, NdjsonExport.Choose(store, null), stream, Cancellation);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private EmbeddedGraphStore New() => EmbeddedGraphStore.Create(_folder.Sub());

    private async Task<EmbeddedGraphStore> Imported(string text)
    {
        var store = New();
        var path = _folder.Sub() + ".ndjson";
        await File.WriteAllTextAsync(path, text, Cancellation);
        var result = await Pipeline.ImportAsync(new NdjsonFormat(), new ImportRequest { Path = path }, store, cancellationToken: Cancellation);
        Assert.Equal(ImportVerdict.Clean, result.Verdict);
        return store;
    }
}
