using System.IO.Compression;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>The JSON files of a zip, of a folder (not below it), or the one file given.</summary>
internal sealed class SharpHoundArchive : IDisposable
{
    private readonly ZipArchive? _zip;

    private SharpHoundArchive(IReadOnlyList<SharpHoundEntry> entries, ZipArchive? zip = null)
    {
        Entries = entries;
        _zip = zip;
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<SharpHoundEntry> Entries { get; }

    /// <exception cref="RefusedInputException">It is not there, no zip, or unpacks to too much.</exception>
    public static SharpHoundArchive Open(SpooledInput input, UnpackLimits limits, ImportReport report, string writer = "SharpHound")
    {
        var path = input.Path;
        var room = new KeptRoom();
        try
        {
            if (Directory.Exists(path))
            {
                return new([.. new DirectoryInfo(path).EnumerateFiles().Where(file => InputFiles.UnpackedName(file.Name).EndsWith(".json", StringComparison.OrdinalIgnoreCase)).OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => SharpHoundEntry.Of(file, file.Name, new UnpackMeter(file.Name, limits), room))]);
            }

            if (!File.Exists(path))
            {
                throw new RefusedInputException($"`{path}` is not there; give the zip, folder or file that {writer} wrote");
            }

            return IsZip(path) ? OpenZip(path, input.Shown, limits, report) : new([SharpHoundEntry.Of(new FileInfo(path), input.Name, new UnpackMeter(input.Name, limits), room)]);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedInputException(exception is InvalidDataException
                ? $"`{input.Shown}` cannot be read: it is a damaged zip archive ({exception.Message.TrimEnd('.')}); copy it again, or unpack what can be unpacked and import the folder"
                : $"`{input.Shown}` cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Ends reading: streams that are still open stay so, if they are of small files.</summary>
    public void Dispose()
    {
        foreach (var entry in Entries)
        {
            entry.Release();
        }

        _zip?.Dispose();
    }

    private static bool IsZip(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        Span<byte> head = stackalloc byte[2];
        return file.ReadAtLeast(head, 2, throwOnEndOfStream: false) == 2 && head[0] == 'P' && head[1] == 'K';
    }

    private static SharpHoundArchive OpenZip(string path, string name, UnpackLimits limits, ImportReport report)
    {
        var zip = ZipFile.OpenRead(path);
        try
        {
            var meter = new UnpackMeter(name, limits);
            List<SharpHoundEntry> entries = [];
            var room = new KeptRoom();
            var declared = 0L;
            foreach (var entry in zip.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                if (WhyUnsafe(entry.FullName) is { } why)
                {
                    report.Refuse(new Reject(Shown(entry.FullName), 0, "", $"the entry's name {why}; it was not read. Pack the files of the collection without folders"));
                }
                else if (entry.FullName.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
                {
                    declared = long.MaxValue - declared < entry.Length ? long.MaxValue : declared + entry.Length;
                    entries.Add(SharpHoundEntry.Of(entry, meter, room));
                }
            }

            meter.Declared(declared);
            return new(entries, zip);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    private static string? WhyUnsafe(string name) => name switch
    {
        _ when name.Split('/', '\\').Contains("..") => "leads out of the archive (`..`)",
        _ when name.StartsWith('/') || name.StartsWith('\\') || (name.Length > 1 && name[1] == ':') => "is an absolute path",
        _ when name.Any(char.IsControl) => "holds control characters",
        _ => null,
    };

    private static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
}
