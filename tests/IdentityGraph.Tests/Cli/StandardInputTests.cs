using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace IdentityGraph.Tests.Cli;

/// <summary>Every format takes standard input and gzip where that makes sense, and says what it lacks where it does not.</summary>
public sealed class StandardInputTests : IDisposable
{
    private const string Users = """{"data":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1001","Properties":{"name":"PAT@ACME.LOCAL","domain":"ACME.LOCAL","enabled":true},"Aces":[]}],"meta":{"methods":0,"type":"users","count":0,"version":6}}""";
    private const string People = "Employee ID,Name,Work Email,Hire Date,Employment Status\n17,Pat Doe,pat@acme.example,2023-02-01,Active\n";
    private const string Owners = "owners:\n  - { asset: okta:app/1, owner: hr:person/17 }\n";
    private const string Facts = """{"idgraph":1,"source":"okta","startedAt":"2025-06-01T00:00:00Z"}""" + "\n" + """{"node":"a","kind":"Account"}""" + "\n";

    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    public static TheoryData<string, string, string> Texts => new()
    {
        { "ndjson", Facts, "okta" },
        { "bloodhound", Users, "activedirectory" },
        { "hr-csv", People, "hr" },
        { "governance", Owners, "governance" },
        { "governance", "section,asset,owner\nowners,okta:app/1,hr:person/17\n", "governance" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_format_is_told_from_what_comes_in_packed_or_not(string format, string text, string source)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), Gzip(text) })
        {
            var said = await _idgraph.RunAsync(bytes, "import", "-", "--collected-at", "2025-06-02", "--dry-run", "-o", "json");
            Assert.True(said.Code == 0, said.Errors);
            var data = JsonDocument.Parse(said.Output).RootElement.GetProperty("data");
            Assert.Equal((format, source), (data.GetProperty("format").GetString(), data.GetProperty("runs")[0].GetProperty("source").GetString()));
            Assert.True(data.GetProperty("observations").GetInt64() > 0);
        }
    }

    [Theory]
    [InlineData("facts.ndjson.gz", Facts)]
    [InlineData("20240305110018_users.json.gz", Users)]
    [InlineData("people.csv.gz", People)]
    [InlineData("owners.yaml.gz", Owners)]
    [InlineData("owners.csv.gz", "section,asset,owner\nowners,okta:app/1,hr:person/17\n")]
    public async Task A_packed_file_is_known_by_its_name_and_what_is_in_it(string name, string text)
    {
        var file = Path.Combine(_idgraph.Folder, name);
        await File.WriteAllBytesAsync(file, Gzip(text), TestContext.Current.CancellationToken);
        var said = await _idgraph.RunAsync("import", file, "--collected-at", "2025-06-02", "--dry-run");
        Assert.True(said.Code == 0, said.Errors);
    }

    [Fact]
    public async Task A_zip_comes_in_from_standard_input_and_leaves_nothing_behind()
    {
        var before = Directory.GetFiles(Path.GetTempPath(), "idgraph-*.part");
        var said = await _idgraph.RunAsync(Zip(("20240305110018_users.json", Users)), "import", "-", "-o", "json");
        Assert.True(said.Code == 0, said.Errors);
        var run = JsonDocument.Parse(said.Output).RootElement.GetProperty("data").GetProperty("runs")[0];
        Assert.Equal(("ACME.LOCAL", "2024-03-05T11:00:18Z"), (run.GetProperty("tenant").GetString(), run.GetProperty("startedAt").GetString()));
        Assert.Equal(before, Directory.GetFiles(Path.GetTempPath(), "idgraph-*.part"));
    }

    [Theory]
    [InlineData(Users, "say when the collection was made with --collected-at")]
    [InlineData(People, "give --collected-at, or map a `collectedAt` column")]
    [InlineData(Owners, "write `collectedAt` above the sections or give --collected-at")]
    public async Task What_has_no_time_of_its_own_is_refused_with_the_way_out(string text, string words)
    {
        var said = await _idgraph.RunAsync(Encoding.UTF8.GetBytes(text), "import", "-");
        Assert.Equal(2, said.Code);
        Assert.Contains(words, said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_archive_is_called_one()
    {
        var whole = Zip(("20240305110018_users.json", Users), ("20240305110018_groups.json", Users));
        var known = Path.Combine(_idgraph.Folder, "cut.zip");
        await File.WriteAllBytesAsync(known, whole[..^30], TestContext.Current.CancellationToken);
        var unknown = Path.Combine(_idgraph.Folder, "other.zip");
        await File.WriteAllBytesAsync(unknown, Zip(("holiday.jpg", "x"))[..^10], TestContext.Current.CancellationToken);

        foreach (var (file, words) in new[] { (known, "cannot be read: it is a damaged zip archive ("), (unknown, "Archives are taken by: ") })
        {
            var said = await _idgraph.RunAsync("import", file);
            Assert.Equal(2, said.Code);
            Assert.Contains("damaged zip archive", said.Errors, StringComparison.Ordinal);
            Assert.Contains(words, said.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_of_an_archive_was_refused_is_one_number_everywhere()
    {
        var file = Path.Combine(_idgraph.Folder, "20240305110018_BloodHound.zip");
        await File.WriteAllBytesAsync(file, Zip(("20240305110018_users.json", Users), ("../evil.json", Users), ("20240305110018_strange.json", """{"data":[],"meta":{"type":"strange","version":6}}""")), TestContext.Current.CancellationToken);
        var said = await _idgraph.RunAsync("import", file, "-o", "json");
        Assert.Equal(7, said.Code);
        var data = JsonDocument.Parse(said.Output).RootElement.GetProperty("data");
        Assert.Equal((2, 2), (data.GetProperty("rejected").GetInt32(), data.GetProperty("rejects").GetArrayLength()));
        Assert.Equal(2, said.Errors.Split('\n').Count(line => line.StartsWith("rejected: ", StringComparison.Ordinal)));
        Assert.Contains(",2,", (await _idgraph.RunAsync("store", "info", "-o", "csv")).Output, StringComparison.Ordinal);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(text);
            }
        }

        return packed.ToArray();
    }
}
