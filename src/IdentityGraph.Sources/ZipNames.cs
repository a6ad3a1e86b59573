using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace IdentityGraph.Sources;

/// <summary>The names of a zip's entries, as far as they can be told without reading it through.</summary>
internal static class ZipNames
{
    private const int HeaderLength = 30;

    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8);

    /// <summary>From its directory; where that is damaged, of the entries that begin in its first bytes.</summary>
    public static string[] Of(string path, byte[] head, int most)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return [.. zip.Entries.Take(most).Select(entry => entry.FullName)];
        }
        catch (InvalidDataException)
        {
            return InHead(head);
        }
    }

    /// <summary>
    /// The first entry's name: an entry begins with its name (APPNOTE 4.3.7), and where the next one begins is only sure from the
    /// directory at the end.
    /// </summary>
    public static string[] InHead(ReadOnlySpan<byte> head)
    {
        if (!IsZip(head) || head.Length < HeaderLength)
        {
            return [];
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(head[26..]);
        return length > 0 && head.Length >= HeaderLength + length ? [Encoding.UTF8.GetString(head.Slice(HeaderLength, length))] : [];
    }

    /// <summary>What is wrong with the archive; null where its directory can be read.</summary>
    public static string? Damage(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return zip.Entries.Count == 0 ? "it is empty" : null;
        }
        catch (InvalidDataException damaged)
        {
            return damaged.Message;
        }
    }
}
