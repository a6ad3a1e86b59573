using IdentityGraph.Collect;

namespace IdentityGraph.Sources;

/// <summary>
/// What the import of a folder leaves out: archives and other files beside those it reads, and folders it does not enter, with what in
/// them would fit. Nothing of a folder is left out without a word.
/// </summary>
public sealed class FolderRest
{
    /// <summary>Files looked into to say what they are; the others are only counted.</summary>
    private const int MostLookedInto = 200;

    private const int MostNamed = 20;

    private readonly string _path;
    private readonly Func<string, bool> _isRead;
    private readonly IReadOnlyList<IFileFormat> _formats;
    private int _looked;

    private FolderRest(string path, Func<string, bool> isRead, IReadOnlyList<IFileFormat> formats) => (_path, _isRead, _formats) = (path, isRead, formats);

    /// <summary>One sentence for each file and each folder that would fit, then one for the other folders and one for the other files; none where the path is no folder.</summary>
    /// <param name="request">The import.</param>
    /// <param name="format">The format that reads it; null: none does.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static IReadOnlyList<string> Of(ImportRequest request, IFileFormat? format, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(request, format, FileFormats.All, cancellationToken);
    }

    internal static IReadOnlyList<string> Of(ImportRequest request, IFileFormat? format, IReadOnlyList<IFileFormat> formats, CancellationToken cancellationToken) =>
        request.Path == "-" || !Directory.Exists(request.Path) ? []
            : [.. new FolderRest(request.Path, format?.ReadsInFolder(request) ?? (static _ => false), formats).Tell(cancellationToken)];

    private List<string> Tell(CancellationToken cancellationToken)
    {
        List<string> told = [];
        List<string> others = [];
        foreach (var name in Named(Directory.EnumerateFiles(_path, "*", Plain)).Where(name => !_isRead(name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Fitting(name) is { } fits)
            {
                told.Add($"not read: {Shown(name)}, which fits {fits} (import it by itself)");
            }
            else if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                told.Add($"not read: {Shown(name)} (import it by itself, or unpack it)");
            }
            else
            {
                others.Add(Shown(name));
            }
        }

        List<string> strange = [];
        foreach (var folder in Named(Directory.EnumerateDirectories(_path, "*", Plain)).Where(name => name != ".git"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var left = InputFiles.NamesIn(Path.Combine(_path, folder)).Select(name => $"{folder}/{name}").Where(name => !_isRead(name)).ToList();
            var fitting = left.Select(Fitting).OfType<string>().CountBy(fits => fits).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} fit {one.Key}").ToList();
            if (fitting.Count > 0)
            {
                told.Add($"not read: the folder {Shown(folder)}/ with {left.Count} file(s), of which {string.Join(" and ", fitting)} (import it by itself)");
            }
            else if (left.Count > 0)
            {
                strange.Add($"{Shown(folder)}/ ({left.Count} files)");
            }
        }

        const string WhyNot = "of no format that is known by its beginning";
        return
        [
            .. told,
            .. strange.Count == 0 ? [] : new[] { $"not read: {strange.Count} folder(s), what they hold being {WhyNot}: {Listed(strange)}" },
            .. others.Count == 0 ? [] : new[] { $"not read: {others.Count} other file(s), {WhyNot}: {Listed(others)}" },
        ];
    }

    /// <summary>The format that reads the file alone, or those that may; null: none does, or it was not looked into.</summary>
    private string? Fitting(string name)
    {
        var file = Path.Combine(_path, name);
        try
        {
            // What has no length is empty, or a pipe that may never be written to.
            if (_looked >= MostLookedInto || new FileInfo(file).Length == 0)
            {
                return null;
            }

            _looked++;
            var (probe, _) = InputFiles.Probe(new ImportRequest { Path = file });
            var names = _formats.Where(one => one.Recognizes(probe)).Select(one => one.Name).ToList();
            return names.Count == 0 ? null : string.Join(" or ", names);
        }
        catch (Exception fault) when (fault is RefusedInputException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static EnumerationOptions Plain => new() { AttributesToSkip = FileAttributes.ReparsePoint };

    private static IEnumerable<string> Named(IEnumerable<string> paths) => paths.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static string Listed(List<string> names) => string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? ", …" : "");

    private static string Shown(string name) => string.Concat(name.Take(200).Select(letter => char.IsControl(letter) ? '?' : letter));
}
