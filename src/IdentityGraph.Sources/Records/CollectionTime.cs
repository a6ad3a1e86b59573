using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.Records;

/// <summary>When a file's content was read from its system.</summary>
internal static class CollectionTime
{
    /// <summary>
    /// `--collected-at`; else the 14 digits the file's name begins with, taken as UTC with a warning; else when it was last written, with a
    /// warning. Never the moment of import.
    /// </summary>
    /// <exception cref="RefusedInputException">Nothing says when: standard input without `--collected-at`.</exception>
    public static DateTimeOffset Of(ImportRequest request, ImportReport report)
    {
        if (request.CollectedAt is { } stated)
        {
            return stated;
        }

        if (request.Path == "-")
        {
            throw new RefusedInputException("standard input does not say when its content was read from its system; give --collected-at");
        }

        if (SharpHoundEntry.TimeIn(new string([.. Path.GetFileName(request.Path).TakeWhile(char.IsAsciiDigit)])) is { } named)
        {
            report.Warn($"the time in the file's name, {Instants.ToText(named)}, is taken as UTC; if that is wrong, say when with --collected-at");
            return named;
        }

        var written = Directory.Exists(request.Path)
            ? new DirectoryInfo(request.Path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8 }).Select(file => file.LastWriteTimeUtc).DefaultIfEmpty(Directory.GetLastWriteTimeUtc(request.Path)).Max()
            : File.GetLastWriteTimeUtc(request.Path);
        var at = new DateTimeOffset(written, TimeSpan.Zero);
        report.Warn($"nothing says when this was read from its system: the time the file was last written, {Instants.ToText(at)}, is taken. If it was copied since, say when with --collected-at");
        return at;
    }
}
