using System.IO.Compression;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources;

/// <summary>How the first JSON files of a zip or folder begin, for formats whose files have no names of their own.</summary>
internal static class EntryHeads
{
    private const int Most = 32;
    private const int Length = 4 * 1024;

    public static EntryProbe[] InZip(string path)
    {
        List<EntryProbe> heads = [];
        try
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries.Where(entry => IsJson(entry.FullName)).Take(Most))
            {
                using var stream = entry.Open();
                heads.Add(new(entry.FullName, Head(stream)));
            }
        }
        catch (InvalidDataException)
        {
            // A damaged archive: what could be looked into is what it looks like; reading it says so.
        }

        return [.. heads];
    }

    /// <summary>Of a folder, not below it.</summary>
    public static EntryProbe[] InFolder(string folder, IEnumerable<string> names)
    {
        List<EntryProbe> heads = [];
        foreach (var name in names.Where(name => IsJson(name) && !name.Contains('/', StringComparison.Ordinal)).Take(Most))
        {
            try
            {
                using var stream = File.OpenRead(Path.Combine(folder, name));
                heads.Add(new(name, Head(stream)));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Reading it will say so; another file may tell the format.
                continue;
            }
        }

        return [.. heads];
    }

    private static bool IsJson(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static byte[] Head(Stream stream)
    {
        var head = new byte[Length];
        return head[..stream.ReadAtLeast(head, Length, throwOnEndOfStream: false)];
    }
}
