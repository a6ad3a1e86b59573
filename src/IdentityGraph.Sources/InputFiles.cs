using System.IO.Compression;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources;

/// <summary>Opens what an import reads: a file, gzip unpacked on the way, or standard input. Nothing is unpacked to memory or disk.</summary>
public static class InputFiles
{
    /// <summary>How much of a file a format may look at.</summary>
    public const int HeadLength = 64 * 1024;

    private const int MostNames = 1_000;

    /// <summary>The bytes of the file, unpacked where it is gzip by its first bytes, whatever its name.</summary>
    /// <exception cref="RefusedInputException">There is no such file, or it may not be read.</exception>
    public static Stream Open(ImportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var packed = request.Path == "-"
            ? request.StandardInput ?? throw new RefusedInputException("there is no standard input to read; give a file instead of `-`")
            : OpenFile(request.Path);
        return Unpack(packed);
    }

    /// <summary>Unpacks a stream that begins as gzip does; hands on any other as it is.</summary>
    public static Stream Unpack(Stream packed)
    {
        ArgumentNullException.ThrowIfNull(packed);
        var start = new byte[2];
        var read = packed.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(start.AsMemory(0, read), packed);
        return read == 2 && start is [0x1F, 0x8B] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    /// <summary>What formats may look at to recognise a file or folder. Standard input is handed back so that nothing of it is lost.</summary>
    public static (FileProbe Probe, ImportRequest Request) Probe(ImportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Path == "-")
        {
            var input = Open(request);
            var head = Head(input);
            return (new("-", false, head, ZipNames.InHead(head)), request with { StandardInput = new PrefixedStream(head, input) });
        }

        if (Directory.Exists(request.Path))
        {
            var names = NamesIn(request.Path);
            return (new(request.Path, true, default, names) { Entries = EntryHeads.InFolder(request.Path, names) }, request);
        }

        using var file = Open(request);
        var first = Head(file);
        return ZipNames.IsZip(first)
            ? (new(request.Path, false, first, ZipNames.Of(request.Path, first, MostNames)) { Entries = EntryHeads.InZip(request.Path) }, request)
            : (new(request.Path, false, first, []), request);
    }

    /// <summary>The name without `.gz`: what the file is called once unpacked.</summary>
    public static string UnpackedName(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RefusedInputException(
                fault is FileNotFoundException or DirectoryNotFoundException
                    ? $"there is no file `{path}`; check the path"
                    : $"`{path}` cannot be read ({fault.Message}); check that it is a file and who may read it",
                fault);
        }
    }

    private static byte[] Head(Stream stream)
    {
        var head = new byte[HeadLength];
        var length = 0;
        try
        {
            while (length < head.Length && stream.Read(head, length, head.Length - length) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            // Damaged packing: what came before it is still what the file looks like; reading it says so.
        }

        return head[..length];
    }

    /// <summary>Files in the folder and below, relative to it, parted by `/`, sorted; at most <see cref="MostNames"/>.</summary>
    internal static string[] NamesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 8 })
            .Take(MostNames)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
