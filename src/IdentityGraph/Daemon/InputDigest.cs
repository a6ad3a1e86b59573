using System.Globalization;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using IdentityGraph.Cli;
using IdentityGraph.Collect;

namespace IdentityGraph.Daemon;

/// <summary>What tells one state of a file or folder from another.</summary>
/// <param name="Digest">SHA-256, lower-case hex, of all its bytes, the names in a folder, the mapping, and how it is to be read.</param>
/// <param name="ModifiedAt">When it, or the newest file in it, was last written.</param>
/// <param name="Stamp">Names, lengths and times of writing: cheap to take again, to see whether somebody wrote meanwhile.</param>
internal sealed record InputDigest(string Digest, DateTimeOffset ModifiedAt, string Stamp)
{
    private const int MostFiles = 100_000;

    /// <exception cref="RefusedInputException">It cannot be read, or holds too many files.</exception>
    public static InputDigest Of(string path, ConfiguredSource source, CancellationToken cancellationToken)
    {
        try
        {
            using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            string[] reading =
            [
                VersionCommand.Version, source.Format ?? "", source.Source ?? "", source.Tenant ?? "", source.Map ?? "",
                string.Join('\n', source.Complete), source.Strict.ToString(), source.AllowRejects.ToString(),
            ];
            Array.ForEach(reading, text => Text(sha256, text));
            var files = Files(path);
            if (source.Map is not null)
            {
                Content(sha256, source.Map, cancellationToken);
            }

            foreach (var file in files)
            {
                Text(sha256, Path.GetRelativePath(path, file));
                Content(sha256, file, cancellationToken);
            }

            return new InputDigest(Convert.ToHexStringLower(sha256.GetHashAndReset()), Modified(path, files), StampOf(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new RefusedInputException($"`{path}` cannot be read ({unreadable.Message}); check that it is there and who may read it", unreadable);
        }
    }

    /// <summary>See <see cref="Stamp"/>; empty where it is gone.</summary>
    public static string StampOf(string path)
    {
        try
        {
            return string.Join('\n', Files(path).Select(static file => new FileInfo(file)).Select(static file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The file itself, or every file below the folder, sorted; links to folders and the history of a repository are not entered.</summary>
    private static string[] Files(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files =
        [
            .. new FileSystemEnumerable<string>(path, static (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            {
                ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory,
                ShouldRecursePredicate = static (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !entry.FileName.SequenceEqual(".git"),
            }.Take(MostFiles + 1).Order(StringComparer.Ordinal),
        ];
        return files.Length <= MostFiles ? files : throw new RefusedInputException($"`{path}` holds more than {MostFiles:N0} files; name the folder or the files that are meant");
    }

    private static DateTimeOffset Modified(string path, string[] files) =>
        files.Length == 0 ? new DateTimeOffset(Directory.GetLastWriteTimeUtc(path), TimeSpan.Zero) : new DateTimeOffset(files.Max(File.GetLastWriteTimeUtc), TimeSpan.Zero);

    private static void Text(IncrementalHash sha256, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        sha256.AppendData(BitConverter.GetBytes(bytes.Length));
        sha256.AppendData(bytes);
    }

    private static void Content(IncrementalHash sha256, string file, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(file, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0, Share = FileShare.ReadWrite | FileShare.Delete });
        var buffer = new byte[1 << 17];
        long length = 0;
        while (stream.Read(buffer) is > 0 and var read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sha256.AppendData(buffer, 0, read);
            length += read;
        }

        sha256.AppendData(BitConverter.GetBytes(length));
    }
}
