using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Sources;

namespace IdentityGraph;

/// <summary>A file, folder or standard input on its way into a store. The one way in: people's `import` and the daemon's sources both take it.</summary>
internal sealed class FileImport
{
    private readonly ImportRequest _request;

    private FileImport(IFileFormat format, ImportRequest request) => (Format, _request) = (format, request);

    public IFileFormat Format { get; }

    /// <param name="request">What is to be read.</param>
    /// <param name="format">Name of its format; null: it is detected.</param>
    /// <exception cref="RefusedInputException">There is no such file, or no one format fits it.</exception>
    public static FileImport Of(ImportRequest request, string? format)
    {
        var (found, opened) = format is not null ? (FileFormats.Find(format)!, request) : FileFormats.Detect(request);
        return new FileImport(found, opened);
    }

    /// <summary>How an import is done under a policy.</summary>
    public static ImportOptions Options(AnalysisPolicy policy, ImportReport report) =>
        new() { Report = report, Vanish = new VanishLimits(policy.VanishShare, policy.VanishCount) };

    /// <summary>When the data of its first run was read from its system; null: it holds no run. Reads no further than it must to say so.</summary>
    /// <exception cref="RefusedInputException">It cannot be read.</exception>
    public DateTimeOffset? ReadAt(CancellationToken cancellationToken)
    {
        foreach (var run in Format.Open(_request, new ImportReport(), cancellationToken))
        {
            return run.Header.StartedAt;
        }

        return null;
    }

    /// <summary>Brings it in; what a folder holds beside it is warned of.</summary>
    /// <param name="store">Null: a dry run.</param>
    /// <param name="options">How strict to be, and whom to tell.</param>
    /// <param name="cancellationToken">Stops between records; the run being read is dropped.</param>
    /// <exception cref="RefusedInputException">It cannot be read at all.</exception>
    public async Task<ImportResult> RunAsync(IGraphStore? store, ImportOptions options, CancellationToken cancellationToken)
    {
        var rest = FolderRest.Of(_request, Format, cancellationToken);
        foreach (var left in rest)
        {
            options.Report.Warn(left);
        }

        try
        {
            return await Pipeline.ImportAsync(Format, _request, store, options with { DryRun = store is null }, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedInputException fault) when (rest.Count > 0)
        {
            throw new RefusedInputException($"{fault.Message}. In that folder, {string.Join("; ", rest.Take(10))}", fault);
        }
    }
}
