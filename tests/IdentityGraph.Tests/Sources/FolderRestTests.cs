using System.IO.Compression;
using IdentityGraph.Collect;
using IdentityGraph.Sources;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.OpenGraph;
using IdentityGraph.Tests.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources;

/// <summary>What the import of a folder leaves out is said, and what it reads is not.</summary>
public sealed class FolderRestTests : IDisposable
{
    private const string Users = """{"data":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","Properties":{"name":"MARA@LAB.TEST"},"Aces":[]}],"meta":{"methods":0,"type":"users","count":1,"version":6}}""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idgraph-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_archive_and_a_folder_beside_the_files_are_named_with_what_fits_them()
    {
        Write("20240305110018_users.json", Users);
        Write("older/20230305110018_users.json", Users);
        Write("older/20230305110018_groups.json", Users);
        Write("notes/read.txt", "later");
        Write("README", "words");
        using (var zip = ZipFile.Open(Path.Combine(_folder.FullName, "20240101_BloodHound.zip"), ZipArchiveMode.Create))
        {
            using var entry = new StreamWriter(zip.CreateEntry("20240101000000_users.json").Open());
            entry.Write(Users);
        }

        File.WriteAllBytes(Path.Combine(_folder.FullName, "odd.zip"), [1, 2, 3]);

        Assert.Equal(
            [
                "not read: 20240101_BloodHound.zip, which fits bloodhound (import it by itself)",
                "not read: odd.zip (import it by itself, or unpack it)",
                "not read: the folder older/ with 2 file(s), of which 2 fit bloodhound (import it by itself)",
                "not read: 1 folder(s), what they hold being of no format that is known by its beginning: notes/ (1 files)",
                "not read: 1 other file(s), of no format that is known by its beginning: README",
            ],
            Rest(new BloodHoundFormat()));
    }

    [Fact]
    public void Nothing_is_said_of_a_folder_that_is_read_whole()
    {
        Write("20240305110018_users.json", Users);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "empty"));

        Assert.Empty(Rest(new BloodHoundFormat()));
        Assert.Empty(FolderRest.Of(new ImportRequest { Path = Path.Combine(_folder.FullName, "20240305110018_users.json") }, new BloodHoundFormat(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_is_read_below_the_folder_is_not_told_either()
    {
        Write("deep/er/account.json", "{}");

        Assert.Empty(Rest(FileFormats.Find("aws-iam")!));
        Assert.Single(Rest(new BloodHoundFormat()));
    }

    [Fact]
    public void A_folder_of_no_known_format_is_refused_with_what_lies_in_it()
    {
        Write("scans/people.csv", "Employee ID,Name,Hire Date,Termination Date\n17,Pat,2023-02-01,\n");

        var refused = Assert.Throws<RefusedInputException>(() => FileFormats.Detect(new ImportRequest { Path = _folder.FullName }));

        Assert.Contains("the folder scans/ with 1 file(s), of which 1 fit hr-csv (import it by itself)", refused.Message);
    }

    [Fact]
    public void The_archive_and_the_schema_beside_the_sample_payloads_are_named()
    {
        var told = FolderRest.Of(new ImportRequest { Path = SampleFiles.Path("opengraph") }, new OpenGraphFormat(), TestContext.Current.CancellationToken);

        Assert.Contains(told, line => line.StartsWith("not read: mssql-bloodhound-20260115-105846.zip, which fits opengraph", StringComparison.Ordinal));
        Assert.Contains(told, line => line.Contains("schema/", StringComparison.Ordinal));
    }

    [Fact]
    public void The_collection_below_the_sample_folder_is_named() => Assert.Contains(
        "not read: the folder raw/ with 8 file(s), of which 8 fit bloodhound (import it by itself)",
        FolderRest.Of(new ImportRequest { Path = SampleFiles.Path("bloodhound-v5") }, new BloodHoundFormat(), TestContext.Current.CancellationToken));

    private IReadOnlyList<string> Rest(IFileFormat format) => FolderRest.Of(new ImportRequest { Path = _folder.FullName }, format, TestContext.Current.CancellationToken);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
