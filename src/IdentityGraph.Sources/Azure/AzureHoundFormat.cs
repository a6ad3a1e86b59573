using System.Text;
using System.Text.RegularExpressions;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Azure;

/// <summary>What AzureHound collects from Entra and Azure Resource Manager: one JSON file is one full run of source `azure`.</summary>
public sealed partial class AzureHoundFormat : IFileFormat
{
    /// <summary>How many objects are looked at for one that names the tenant.</summary>
    private const int TenantWithin = 1_000;

    private readonly UnpackLimits _limits;

    public AzureHoundFormat()
        : this(new UnpackLimits())
    {
    }

    internal AzureHoundFormat(UnpackLimits limits) => _limits = limits;

    public string Name => "azurehound";

    public string Sentence => "Entra and Azure as AzureHound collects them for BloodHound: one JSON file of `kind` and `data`.";

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return !probe.IsFolder && Beginning().IsMatch(Encoding.UTF8.GetString(probe.Head.Span));
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        var file = request.Path == "-" ? "stdin" : Path.GetFileName(request.Path);
        var startedAt = CollectionTime.Of(request, report);
        using var elements = new JsonElements(InputFiles.Open(request), _limits, another: request.Path != "-");
        using var ahead = new Ahead(elements, ["data"], cancellationToken);
        var tenant = ahead.Find(TenantWithin, json => JsonReading.Text(JsonReading.Member(json, "data"), "tenantId") is { Length: > 0 } said ? AzureWriting.Tenant(said) : null);
        if (!ahead.AnyReadable)
        {
            throw new RefusedInputException($"`{file}` holds no object of AzureHound (`data`: a list of `kind` and `data`){(ahead.Fault is null ? "" : $": {ahead.Fault.Message}")}; nothing was imported");
        }

        var book = new RecordBook(file, request, report, "AzureHound does not say whether it read everything");
        var run = new FileRun(
            new() { Source = request.Source ?? "azure", Tenant = tenant ?? "", StartedAt = startedAt, Collector = "azurehound" },
            new AzureHoundReader(ahead, tenant, book, () => SayWhatItIs(elements.Rest, report)).Read(cancellationToken));
        book.Outcome = run.Outcome;
        yield return run;
    }

    /// <summary>The file's own description stands last; its count is not believed, and what is strange about it is said.</summary>
    private static void SayWhatItIs(JsonValue rest, ImportReport report)
    {
        if (JsonReading.Text(JsonReading.Member(rest, "meta"), "type") is { } type && type != "azure")
        {
            report.Warn($"the file's `meta.type` is `{RecordBook.Shown(type)}` and not `azure`; it was read as AzureHound's all the same");
        }
    }

    [GeneratedRegex("""\A\uFEFF?\s*\{\s*"(?:data"\s*:\s*\[|meta"\s*:\s*\{[^{}]*\}\s*,\s*"data"\s*:\s*\[)\s*\{\s*(?:"kind"\s*:\s*"AZ[A-Za-z0-9]+"|"data"\s*:\s*\{(?=[\s\S]*"kind"\s*:\s*"AZ))""", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();
}
