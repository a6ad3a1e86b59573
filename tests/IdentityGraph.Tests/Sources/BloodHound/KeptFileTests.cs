using System.Buffers;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>Small files are kept in borrowed room: whoever still reads one reads its own bytes.</summary>
public sealed class KeptFileTests : IDisposable
{
    private const int Length = 5_000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idgraph-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_still_read_when_the_archive_closes_is_not_lent_to_anybody_else()
    {
        var archive = Opened(new string('a', Length));
        using var reading = archive.Entries[0].Open();
        archive.Dispose();
        Overwrite();

        using var reader = new StreamReader(reading);
        Assert.Equal(new string('a', Length), reader.ReadToEnd());
    }

    [Fact]
    public void A_closed_archive_reads_its_files_anew()
    {
        var archive = Opened(new string('b', Length));
        archive.Entries[0].Open().Dispose();
        archive.Dispose();
        archive.Dispose();
        Overwrite();

        using var reader = new StreamReader(archive.Entries[0].Open());
        Assert.Equal(new string('b', Length), reader.ReadToEnd());
    }

    [Fact]
    public void The_end_of_a_kept_file_is_its_last_bytes_and_of_a_short_one_all_of_it()
    {
        using var archive = Opened("0123456789");
        archive.Entries[0].Open().Dispose();

        Assert.Equal(("789", "0123456789"), (Text(archive.Entries[0].ReadEnd(3)), Text(archive.Entries[0].ReadEnd(100))));
    }

    [Fact]
    public void A_file_that_grew_since_it_was_listed_is_read_whole()
    {
        using var archive = Opened("1");
        File.WriteAllText(Path.Combine(_folder.FullName, "one.json"), "12345");

        using var reader = new StreamReader(archive.Entries[0].Open());
        Assert.Equal("12345", reader.ReadToEnd());
    }

    private static string Text(ArraySegment<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value);

    /// <summary>Borrows what was given back, and writes over it.</summary>
    private static void Overwrite()
    {
        byte[][] lent = [.. Enumerable.Range(0, 64).Select(_ => ArrayPool<byte>.Shared.Rent(Length + 1))];
        foreach (var bytes in lent)
        {
            bytes.AsSpan().Fill((byte)'!');
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private SharpHoundArchive Opened(string text)
    {
        var path = Path.Combine(_folder.FullName, "one.json");
        File.WriteAllText(path, text);
        return SharpHoundArchive.Open(SpooledInput.Of(new ImportRequest { Path = path }, CancellationToken.None), new UnpackLimits(), new ImportReport());
    }
}
