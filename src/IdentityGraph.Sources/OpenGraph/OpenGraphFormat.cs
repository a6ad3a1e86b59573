using System.Text;
using System.Text.RegularExpressions;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Graphs in BloodHound's OpenGraph format, with the definitions of their extensions: one JSON file, or all of a zip or folder as one
/// run.
/// </summary>
public sealed partial class OpenGraphFormat : IFileFormat
{
    private readonly UnpackLimits _limits;

    public OpenGraphFormat()
        : this(new UnpackLimits())
    {
    }

    internal OpenGraphFormat(UnpackLimits limits) => _limits = limits;

    public string Name => "opengraph";

    public string Sentence => "Graphs that collectors write for BloodHound's OpenGraph, with their extension definitions: a JSON file, a zip or its folder.";

    public bool TakesArchives => true;

    public Func<string, bool> ReadsInFolder(ImportRequest request) =>
        static name => !name.Contains('/', StringComparison.Ordinal) && InputFiles.UnpackedName(name).EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return probe.Names.Count > 0
            ? probe.Entries.Any(entry => IsPayload(entry.Head.Span)) && !new BloodHoundFormat().Recognizes(probe)
            : IsPayload(probe.Head.Span);
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        using var spooled = SpooledInput.Of(request, cancellationToken);
        using var archive = SharpHoundArchive.Open(spooled, _limits, report, "the collector");
        var files = Files(archive, report, cancellationToken);
        if (files.Count == 0)
        {
            throw new RefusedInputException($"`{spooled.Shown}` holds no OpenGraph payload (JSON with `graph.nodes` and `graph.edges`) and no extension definition (`node_kinds`, `relationship_kinds`); nothing was imported");
        }

        using var import = new PayloadImport(files, ReadSchema(files, request, report, cancellationToken), request, report, _limits);
        var run = new FileRun(HeaderOf(files, request, report), import.Observations(cancellationToken));
        import.Outcome = run.Outcome;
        import.Outcome.PartialReason = report.RejectCount == 0 ? null : $"{report.RejectCount} of the files were refused: what they hold is not known";
        yield return run;
    }

    /// <summary>A graph, or the definition of an extension.</summary>
    private static bool IsPayload(ReadOnlySpan<byte> head)
    {
        const int looked = 4096;
        var text = Escape().Replace(Encoding.UTF8.GetString(head[..Math.Min(head.Length, looked)]), static escape => ((char)Convert.ToByte(escape.Groups[1].Value, 16)).ToString()).TrimStart('\uFEFF', ' ', '\n', '\r', '\t');
        return text.StartsWith('{')
            && !JsonSchemaWord().IsMatch(text)
            && ((text.Contains("\"graph\"", StringComparison.Ordinal) && (text.Contains("\"nodes\"", StringComparison.Ordinal) || text.Contains("\"edges\"", StringComparison.Ordinal)))
                || text.Contains("\"node_kinds\"", StringComparison.Ordinal) || text.Contains("\"relationship_kinds\"", StringComparison.Ordinal));
    }

    private List<PayloadFile> Files(SharpHoundArchive archive, ImportReport report, CancellationToken cancellationToken)
    {
        List<PayloadFile> files = [];
        foreach (var entry in archive.Entries)
        {
            string? why;
            try
            {
                var file = PayloadFile.Scan(entry, cancellationToken).Read(_limits, cancellationToken);
                if (file.HasGraph || file.HasDefinition)
                {
                    files.Add(file);
                    continue;
                }

                why = "it holds neither `nodes` nor `edges`, and no extension definition";
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                why = exception.Message;
            }

            report.Refuse(new Reject(entry.Name, 0, "", $"{why}; the file was not read"));
        }

        return files;
    }

    /// <summary>Definitions come first, wherever they stand: they say what the relationships of the others can do.</summary>
    private ExtensionSchema ReadSchema(IReadOnlyList<PayloadFile> files, ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        var schema = new ExtensionSchema();
        var given = request.Map is { } path ? [SharpHoundEntry.Of(new FileInfo(path))] : Array.Empty<SharpHoundEntry>();
        foreach (var entry in files.Where(file => file.HasDefinition).Select(file => file.Entry).Concat(given))
        {
            try
            {
                using var reader = new PayloadReader(entry.Open(), _limits, new PropertyNames(NodeMapping.Common), definitions: true, cancellationToken);
                while (reader.Next() is not PayloadPart.End and var part)
                {
                    if (part == PayloadPart.Member)
                    {
                        schema.Read(reader.MemberName, reader.Document);
                    }
                }
            }
            catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                report.Refuse(new Reject(entry.Name, 0, "", $"{exception.Message}; what the file defines behind that is not known, and counts as possible control"));
            }
        }

        if (schema.Names.Count > 0)
        {
            report.Warn($"definition of {string.Join(", ", schema.Names.Select(ShownText.Of))} read: {schema.NodeKinds} kinds of node, {schema.RelationshipKinds} of relationship");
        }

        return schema;
    }

    private static RunHeader HeaderOf(IReadOnlyList<PayloadFile> files, ImportRequest request, ImportReport report)
    {
        var sources = files.Select(file => file.SourceKind).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (sources.Length > 1)
        {
            report.Warn($"the files are of several sources ({string.Join(", ", sources.Select(ShownText.Of))}): they are one run without a tenant; import them one by one to have them apart");
        }

        return new()
        {
            Source = request.Source ?? "opengraph",
            Tenant = sources is [var only] ? ShownText.Of(only) : "",
            StartedAt = StartOf(files, request, report),
            Mode = RunMode.Full,
            Collector = "opengraph",
        };
    }

    private static DateTimeOffset StartOf(IReadOnlyList<PayloadFile> files, ImportRequest request, ImportReport report)
    {
        if (request.CollectedAt is { } stated)
        {
            return stated;
        }

        if (files.Select(file => file.Entry.Name).Prepend(Path.GetFileName(request.Path)).Select(TimeIn).FirstOrDefault(time => time is not null) is { } time)
        {
            report.Warn("the time of collection is taken from a file name, which bears no zone; it is taken as UTC. If that is wrong, say when with --collected-at");
            return time;
        }

        var written = files.Max(file => file.Entry.WrittenAt);
        report.Warn($"nothing says when the graph was collected: the time its files were last written, {Instants.ToText(written)}, is taken. If they were copied since, say when with --collected-at");
        return written;
    }

    /// <summary>`20260115-105846` and the like somewhere in a name; null: none.</summary>
    private static DateTimeOffset? TimeIn(string name) =>
        Stamp().Match(name) is { Success: true } match ? SharpHoundEntry.TimeIn(match.Groups[1].Value + match.Groups[2].Value) : null;

    [GeneratedRegex(@"(?<![0-9])((?:19|20)\d{6})[-_T]?(\d{6})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();

    /// <summary>A letter written as its number, which is the same letter.</summary>
    [GeneratedRegex(@"\\u00([4-7][0-9A-Fa-f])", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    /// <summary>A JSON Schema describes such files and is none.</summary>
    [GeneratedRegex("\"\\$schema\"\\s*:\\s*\"https?://json-schema\\.org", RegexOptions.CultureInvariant)]
    private static partial Regex JsonSchemaWord();
}
