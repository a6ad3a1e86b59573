using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws;
using IdentityGraph.Sources.AwsCredentialReport;
using IdentityGraph.Sources.Azure;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.GitHubWorkflows;
using IdentityGraph.Sources.Governance;
using IdentityGraph.Sources.GraphMl;
using IdentityGraph.Sources.Hr;
using IdentityGraph.Sources.N8n;
using IdentityGraph.Sources.Ndjson;
using IdentityGraph.Sources.Oaa;
using IdentityGraph.Sources.OpenGraph;
using IdentityGraph.Sources.Scim;

namespace IdentityGraph.Sources;

/// <summary>Every kind of file that can be imported, one line each: the place to add one.</summary>
public static class FileFormats
{
    public static IReadOnlyList<IFileFormat> All { get; } =
    [
        new NdjsonFormat(),
        new BloodHoundFormat(),
        new AwsFormat(),
        new CredentialReportFormat(),
        new OpenGraphFormat(),
        new GraphMlFormat(),
        new HrCsvFormat(),
        new GovernanceFormat(),
        new AzureHoundFormat(),
        new ScimFormat(),
        new GitHubWorkflowsFormat(),
        new N8nFormat(),
        new OaaFormat(),
    ];

    /// <summary>The format called so by `--from`, or null.</summary>
    public static IFileFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>
    /// The one format that recognises the file. The request that comes back replaces the one given: of standard input some was read.
    /// </summary>
    /// <exception cref="RefusedInputException">None does, or several do, or there is no such file.</exception>
    public static (IFileFormat Format, ImportRequest Request) Detect(ImportRequest request) => Detect(request, All);

    internal static (IFileFormat Format, ImportRequest Request) Detect(ImportRequest request, IReadOnlyList<IFileFormat> formats)
    {
        var (probe, probed) = InputFiles.Probe(request);
        var recognised = formats.Where(format => format.Recognizes(probe)).ToList();
        return recognised switch
        {
            [var only] => (only, probed),
            [] => throw new RefusedInputException(Unknown(request, probe, formats)),
            _ => throw new RefusedInputException($"`{request.Path}` may be {string.Join(" or ", recognised.Select(format => format.Name))}; say which with --from"),
        };
    }

    private static string Unknown(ImportRequest request, FileProbe probe, IReadOnlyList<IFileFormat> formats)
    {
        var path = request.Path;
        var shown = path == "-" ? "standard input" : $"`{path}`";
        if (probe.IsFolder && FolderRest.Of(request, null, formats, CancellationToken.None) is { Count: > 0 } rest)
        {
            return $"{shown} is of no format that is known; say which with --from: {Names(formats)}. In that folder, {string.Join("; ", rest.Take(10))}";
        }

        if (!ZipNames.IsZip(probe.Head.Span))
        {
            return formats.Select(format => format.Nearly(probe)).FirstOrDefault(near => near is not null) is { } near
                ? $"{shown} is of no format that is known. {near}"
                : $"{shown} is of no format that is known; say which with --from: {Names(formats)}";
        }

        var archives = Names(formats.Where(format => format.TakesArchives));
        return path != "-" && ZipNames.Damage(path) is { } damage
            ? $"{shown} is a damaged zip archive ({damage.TrimEnd('.')}); copy or download it again, or unpack what can be unpacked and import that. Archives are taken by: {archives}"
            : $"{shown} is a zip archive, and no format knows its entries; unpack it, or say which it is with --from: {archives}";
    }

    private static string Names(IEnumerable<IFileFormat> formats) => string.Join(", ", formats.Select(format => format.Name));
}
