using System.IO.Enumeration;
using IdentityGraph.Collect;

namespace IdentityGraph.Daemon;

/// <summary>The files or the folder that a source's path means, now.</summary>
internal static class FilesOfSource
{
    /// <summary>More of them are refused: they are a mistake, or belong in a folder read as one.</summary>
    private const int Most = 10_000;

    private static readonly string[] s_unfinished = [".part", ".tmp", ".partial", ".filepart", ".crdownload"];

    public static bool HasPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>
    /// One file or folder; or, by a pattern, the files of its folder, sorted by name. Names that begin with a dot or end as unfinished
    /// files do fit no pattern: they are still being written.
    /// </summary>
    /// <exception cref="RefusedInputException">There is nothing there, which is not the same as nothing to tell.</exception>
    public static IReadOnlyList<string> Of(ConfiguredSource source)
    {
        var (path, folder, pattern) = (source.Path, Path.GetDirectoryName(Path.GetFullPath(source.Path)) ?? "/", Path.GetFileName(source.Path));
        if (!HasPattern(path) || File.Exists(path))
        {
            return File.Exists(path) || Directory.Exists(path) ? [path] : throw new RefusedInputException($"there is no file or folder `{path}`; check the path, and that it is mounted");
        }

        if (!Directory.Exists(folder))
        {
            throw new RefusedInputException($"there is no folder `{folder}`; check the path, and that it is mounted");
        }

        string[] found =
        [
            .. Directory.EnumerateFiles(folder)
                .Select(static file => Path.GetFileName(file))
                .Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false) && !name.StartsWith('.') && !s_unfinished.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal)
                .Take(Most + 1)
                .Select(name => Path.Combine(Path.GetDirectoryName(path) ?? "", name)),
        ];
        return found.Length switch
        {
            0 => throw new RefusedInputException($"no file fits `{path}`; check the pattern, and that the folder is mounted"),
            > Most => throw new RefusedInputException($"more than {Most:N0} files fit `{path}`; narrow the pattern, or move away what was read"),
            _ => found,
        };
    }
}
