using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>What no vendor's interface states: owners, approvals, reviews, exceptions and the like, written by people (YAML or CSV).</summary>
public sealed class GovernanceFormat : IFileFormat
{
    private const string CollectedAt = "collectedAt";

    public string Name => "governance";

    public string Sentence => "What people state and no system does: owners, approvals, reviews, exceptions, criticality, who knows which secret; YAML or CSV.";

    public bool Recognizes(FileProbe probe)
    {
        if (probe.IsFolder || probe.Head.IsEmpty)
        {
            return false;
        }

        var name = InputFiles.UnpackedName(probe.Path);
        var lines = Encoding.UTF8.GetString(probe.Head.Span).TrimStart('\uFEFF').Split('\n');
        return HasSectionColumn(lines[0])
            ? name == "-" || IsCsvName(name)
            : (name == "-" || HasEnding(name, ".yaml", ".yml")) && KeysOf(lines).ToList() is var keys && (keys.Any(GovernanceSections.Names.Contains) || (name != "-" && (keys.Contains(CollectedAt) || keys.Any(IsMistyped))));
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        var file = request.Path == "-" ? "stdin" : Path.GetFileName(request.Path);
        var (probe, probed) = InputFiles.Probe(request);
        using var stream = InputFiles.Open(probed);
        var isCsv = request.Path == "-" ? HasSectionColumn(Encoding.UTF8.GetString(probe.Head.Span).TrimStart('\uFEFF').Split('\n')[0]) : IsCsvName(InputFiles.UnpackedName(request.Path));
        var items = isCsv ? GovernanceEntries.OfCsv(stream, file, cancellationToken) : GovernanceEntries.OfYaml(stream);
        using var reading = items.GetEnumerator();
        GovernanceReading governance;
        try
        {
            var header = new GovernanceHeader();
            var more = reading.MoveNext();
            while (more && GovernanceHeader.Keys.Contains(reading.Current.Key))
            {
                header.Take(reading.Current);
                more = reading.MoveNext();
            }

            governance = new GovernanceReading(reading, more, header.Read(request, file, report), file, request, report);
        }
        catch (EntryException fault)
        {
            throw new RefusedInputException($"`{file}`, line {fault.Line}: {fault.Message}", fault);
        }

        yield return governance.Run(cancellationToken);
    }

    private static IEnumerable<string> KeysOf(string[] lines) =>
        from line in lines
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        where colon > 0
        select line[..colon];

    /// <summary>`owner` for `owners`: read as this format it is refused by name.</summary>
    private static bool IsMistyped(string key) => Nearest.To(key, GovernanceSections.Names, most: 2) is not null;

    private static bool IsCsvName(string name) => HasEnding(name, ".csv", ".tsv");

    private static bool HasSectionColumn(string line) => line.Split(',', ';', '\t').Any(column => column.Trim().Trim('"') == "section");

    private static bool HasEnding(string path, params string[] endings) => endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
