using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>What no vendor's interface states: owners, approvals, reviews, exceptions and the like, written by people (YAML or CSV).</summary>
public sealed class GovernanceFormat : IFileFormat
{
    public string Name => "governance";

    public string Sentence => "What people state and no system does: owners, approvals, reviews, exceptions, criticality, who knows which secret; YAML or CSV.";

    public bool Recognizes(FileProbe probe)
    {
        if (probe.IsFolder || probe.Head.IsEmpty)
        {
            return false;
        }

        var lines = Encoding.UTF8.GetString(probe.Head.Span).TrimStart('\uFEFF').Split('\n');
        return IsCsv(probe.Path)
            ? lines[0].Split(',', ';', '\t').Any(column => column.Trim().Trim('"') == "section")
            : HasEnding(probe.Path, ".yaml", ".yml") && lines.Any(line => line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && GovernanceSections.Names.Contains(line[..colon]));
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        var file = request.Path == "-" ? "stdin" : Path.GetFileName(request.Path);
        using var stream = InputFiles.Open(request);
        var items = IsCsv(request.Path) ? GovernanceEntries.OfCsv(stream, file, cancellationToken) : GovernanceEntries.OfYaml(stream);
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

    private static bool IsCsv(string path) => HasEnding(path, ".csv", ".tsv", ".csv.gz");

    private static bool HasEnding(string path, params string[] endings) => endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
