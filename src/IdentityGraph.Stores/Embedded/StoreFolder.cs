using System.Globalization;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Where the files of a store lie, and the reading of its manifest.</summary>
internal sealed class StoreFolder(string path)
{
    public const string TemporarySuffix = ".tmp";

    /// <summary>Of a run file that is being written.</summary>
    public const string UnfinishedSuffix = ".part";

    /// <summary>Of a whole run file that no manifest lists, moved out of the way.</summary>
    public const string SetAsideSuffix = ".set-aside";

    /// <summary>Of what is known of a collected source.</summary>
    public const string SourceSuffix = ".json";

    private const string RunSuffix = ".run";

    private const string SourceLockSuffix = ".lock";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string ManifestPath => System.IO.Path.Combine(Path, "manifest.ndjson");

    public string RunsPath => System.IO.Path.Combine(Path, "runs");

    /// <summary>Locked by the writer; never deleted, since a lock on a deleted file keeps nobody out.</summary>
    public string LockPath => System.IO.Path.Combine(Path, "writer.lock");

    /// <summary>Who holds the lock.</summary>
    public string HolderPath => System.IO.Path.Combine(Path, "writer.json");

    /// <summary>What is known of collected sources.</summary>
    public string SourcesPath => System.IO.Path.Combine(Path, "sources");

    public string SourcePath(string source) => System.IO.Path.Combine(SourcesPath, source + SourceSuffix);

    /// <summary>Locked by who collects the source; never deleted.</summary>
    public string SourceLockPath(string source) => System.IO.Path.Combine(SourcesPath, source + SourceLockSuffix);

    public static string RunName(int number) => number.ToString("D8", CultureInfo.InvariantCulture) + RunSuffix;

    public string RunPath(string name) => System.IO.Path.Combine(RunsPath, name);

    /// <summary>Whether a name in the folder of runs is one that a writer gives.</summary>
    public static bool IsRunName(string name) =>
        name.Length == 8 + RunSuffix.Length && name.EndsWith(RunSuffix, StringComparison.Ordinal) && !name.AsSpan(0, 8).ContainsAnyExceptInRange('0', '9');

    public static bool IsUnfinishedName(string name) =>
        name.EndsWith(UnfinishedSuffix, StringComparison.Ordinal) && IsRunName(name[..^UnfinishedSuffix.Length]);

    /// <summary>Everything in the folder of runs, sorted; nothing where there is no such folder.</summary>
    public IEnumerable<string> InRuns() =>
        Directory.Exists(RunsPath) ? Directory.EnumerateFileSystemEntries(RunsPath).Order(StringComparer.Ordinal) : [];

    /// <summary>Whether a file or folder of the store has a name that the store gives.</summary>
    public bool Knows(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return System.IO.Path.GetDirectoryName(path) == RunsPath
            ? IsRunName(name) || IsUnfinishedName(name)
            : path == ManifestPath || path == ManifestPath + TemporarySuffix || path == RunsPath || path == SourcesPath || path == LockPath || path == HolderPath;
    }

    /// <exception cref="StoreException">There is no store, it is of another version, or its manifest is damaged.</exception>
    public IReadOnlyList<ManifestEntry> ReadManifest()
    {
        try
        {
            using var stream = new FileStream(ManifestPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > Manifest.MaxBytes)
            {
                throw new InvalidDataException($"it is longer than {Manifest.MaxBytes >> 20} MiB");
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Manifest.Parse(bytes);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StoreException($"there is no store at `{Path}`; name the folder of one, or make it with `idgraph init`", missing);
        }
        catch (UnknownVersionException other)
        {
            throw new StoreException($"the store at `{Path}` is of format version {other.Version}, and this program knows version {Manifest.Version}; nothing was touched. Use the program that wrote it, or a newer one", other);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException)
        {
            throw new StoreException($"the manifest `{ManifestPath}` cannot be used: {damaged.Message}. Restore the store from a copy, or import its sources into a new one", damaged);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the manifest `{ManifestPath}` cannot be read: {refused.Message}", refused);
        }
    }
}
