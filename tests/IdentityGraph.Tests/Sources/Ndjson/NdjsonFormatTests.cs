using System.IO.Compression;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources;
using IdentityGraph.Sources.Ndjson;
using IdentityGraph.Tests.Collect.Exchange;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.Ndjson;

public sealed class NdjsonFormatTests : IDisposable
{
    private static readonly string s_text = Lines.Header + "\n" + """{"node":"a","kind":"Person"}""" + "\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain.ndjson", false)]
    [InlineData("packed.ndjson.gz", true)]
    [InlineData("packed-without-a-name", true)]
    public void A_file_is_recognised_by_its_first_line_packed_or_not(string name, bool gzip)
    {
        var (format, request) = FileFormats.Detect(new ImportRequest { Path = File(name, gzip ? Packed(s_text) : Encoding.UTF8.GetBytes(s_text)) });

        Assert.Equal("ndjson", format.Name);
        Assert.Equal(["a"], Nodes(format, request));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Standard_input_loses_nothing_by_being_looked_at(bool gzip)
    {
        var text = s_text + string.Concat(Enumerable.Range(0, 9_000).Select(i => $$"""{"node":"n{{i}}","kind":"Person"}""" + "\n"));
        var input = new MemoryStream(gzip ? Packed(text) : Encoding.UTF8.GetBytes(text));

        var (format, request) = FileFormats.Detect(new ImportRequest { Path = "-", StandardInput = input });

        Assert.Equal(9_001, Nodes(format, request).Count());
    }

    [Theory]
    [InlineData("""{"meta":{"type":"users"},"data":[]}""")]
    [InlineData("""[{"idgraph":1}]""")]
    [InlineData("id,name\n1,idgraph")]
    [InlineData("")]
    public void Another_file_is_not(string text) =>
        Assert.False(new NdjsonFormat().Recognizes(new FileProbe("x.json", false, Encoding.UTF8.GetBytes(text), [])));

    [Fact]
    public void A_header_of_another_version_is_recognised_and_then_refused()
    {
        var path = File("next.ndjson", Encoding.UTF8.GetBytes("""{"source":"okta","idgraph":2}"""));
        var (format, request) = FileFormats.Detect(new ImportRequest { Path = path });

        Assert.Contains("version `2`", Assert.Throws<RefusedInputException>(() => Nodes(format, request).ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_file_is_told_the_formats_there_are()
    {
        var unknown = Assert.Throws<RefusedInputException>(() => FileFormats.Detect(new ImportRequest { Path = File("x.bin", [1, 2, 3]) }));
        Assert.Contains("ndjson", unknown.Message, StringComparison.Ordinal);

        var missing = Assert.Throws<RefusedInputException>(() => FileFormats.Detect(new ImportRequest { Path = "/no/such/file" }));
        Assert.Contains("there is no file `/no/such/file`", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_two_formats_claim_is_left_to_the_user()
    {
        var path = File("x.ndjson", Encoding.UTF8.GetBytes(s_text));

        var torn = Assert.Throws<RefusedInputException>(() => FileFormats.Detect(new ImportRequest { Path = path }, [new NdjsonFormat(), new NdjsonFormat()]));

        Assert.Contains("--from", torn.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_has_a_name_of_its_own_a_sentence_and_a_page()
    {
        Assert.Equal(FileFormats.All.Count, FileFormats.All.Select(format => format.Name).Distinct().Count());
        Assert.All(FileFormats.All, format =>
        {
            Assert.Same(format, FileFormats.Find(format.Name));
            Assert.EndsWith(".", format.Sentence, StringComparison.Ordinal);
        });
        Assert.Null(FileFormats.Find("parquet"));
    }

    private static IEnumerable<string> Nodes(IFileFormat format, ImportRequest request) =>
        format.Open(request, new ImportReport(), TestContext.Current.CancellationToken)
            .SelectMany(run => run.Observations)
            .OfType<Observation.SawNode>()
            .Select(node => node.Id);

    private static byte[] Packed(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private string File(string name, byte[] bytes)
    {
        var folder = _folder.Sub();
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}
