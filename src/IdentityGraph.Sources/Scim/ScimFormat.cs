using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.Scim;

/// <summary>
/// SCIM 2.0 (RFC 7643, RFC 7644): a list response of users and groups, pages of them, one resource, or a bulk or patch request. A list is a
/// full run, a request a delta that only claims what it asks for.
/// </summary>
public sealed partial class ScimFormat : IFileFormat
{
    private const int SystemWithin = 1_000;

    private readonly UnpackLimits _limits;

    public ScimFormat()
        : this(new UnpackLimits())
    {
    }

    internal ScimFormat(UnpackLimits limits) => _limits = limits;

    public string Name => "scim";

    public string Sentence => "Users and groups as SCIM 2.0 lists or changes them: list responses, single resources, bulk and patch requests.";

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return !probe.IsFolder && Schema().IsMatch(Encoding.UTF8.GetString(probe.Head.Span));
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        var file = request.Path == "-" ? "stdin" : Path.GetFileName(request.Path);
        var startedAt = CollectionTime.Of(request, report);
        using var elements = new JsonElements(InputFiles.Open(request), _limits, another: request.Path != "-");
        using var records = new Ahead(elements, ["Resources", "Operations"], cancellationToken);
        var host = records.Find(SystemWithin, HostOf) ?? HostOf(elements.Rest);
        if (!records.Any && (records.Fault is not null || !ScimShapes.IsScim(elements.Rest)))
        {
            throw new RefusedInputException($"`{file}` holds nothing of SCIM 2.0 (a list response, a resource, a bulk or patch request){(records.Fault is null ? "" : $": {records.Fault.Message}")}; nothing was imported");
        }

        var system = request.Source ?? host;
        if (system is null)
        {
            system = "scim";
            report.Warn("no resource has a `meta.location`, so which system this is of is not known: it is called `scim`. Name it with --source, the same in every import");
        }

        var book = new RecordBook(file, request, report, "SCIM does not say whether a list was filtered");
        var reader = new ScimReader(records, elements, system, book);
        var run = new FileRun(
            new() { Source = system, StartedAt = startedAt, Mode = reader.IsRequest ? RunMode.Delta : RunMode.Full, Collector = "idgraph-scim/1" },
            reader.Read(startedAt, cancellationToken));
        book.Outcome = run.Outcome;
        yield return run;
    }

    /// <summary>The host of `meta.location`, lower case: the system a resource lives in. Null where it has none, or it holds a secret, which small letters would hide.</summary>
    private static string? HostOf(JsonValue json)
    {
        foreach (var resource in Member(json, "Resources").ValueKind == JsonValueKind.Array ? Elements(json, "Resources") : json.Alone())
        {
            if ((Plain(ScimShapes.Of(ScimShapes.Of(resource, "meta"), "location")) ?? Text(resource, "location")) is { } location && SecretLooking.Find(location) is null && Uri.TryCreate(location, UriKind.Absolute, out var address) && address.Host.Length > 0)
            {
                return address.Host.ToLowerInvariant();
            }
        }

        return null;
    }

    [GeneratedRegex("""\A\uFEFF?\s*[\{\[][\s\S]*"urn:ietf:params:scim:(?:schemas:core:2\.0:(?:User|Group)|api:messages:2\.0:(?:ListResponse|BulkRequest|BulkResponse|PatchOp))""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Schema();
}
