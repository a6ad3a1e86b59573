using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Normalize;

namespace IdentityGraph;

/// <summary>
/// Read this first. The product is one flow: collect → normalize → graph → analyze → report, and its folders are named so.
/// A format or collector yields observations (collect); secrets are refused and people matched (normalize); a store keeps sealed runs and
/// folds them to a snapshot (graph); control and findings are derived from a view of it (analyze); one facade answers (report).
/// Here is the first half of it: what brings a file into a store, and what every store folds with.
/// </summary>
public static class Pipeline
{
    /// <summary>What every fold of the product concludes.</summary>
    public static IReadOnlyList<FactDerivation> Derivations { get; } = [new PersonMatcher()];

    /// <summary>
    /// Folds runs as every store does: <see cref="GraphSnapshot.Fold"/> with accounts linked to people. A snapshot folded without
    /// this knows only the links that sources state.
    /// </summary>
    public static GraphSnapshot Fold(
        IEnumerable<(SealedRun Run, IEnumerable<Observation> Observations)> runs,
        DateTimeOffset asKnownAt,
        FoldOptions? options = null,
        CancellationToken cancellationToken = default) =>
        GraphSnapshot.Fold(runs, asKnownAt, (options ?? new FoldOptions()) with { Derivations = Derivations }, cancellationToken);

    /// <summary>
    /// Imports every run of a file. A run is visible in the store whole or not at all; what refuses the input leaves nothing behind.
    /// A file of several runs is therefore read through before the first is sealed; standard input, which cannot be read twice, is
    /// judged run by run, and the result says which were sealed before it was refused.
    /// </summary>
    /// <param name="format">What the file is.</param>
    /// <param name="request">Which file, and what the user asked.</param>
    /// <param name="store">Null only for a dry run.</param>
    /// <param name="options">How strict to be, and whom to tell.</param>
    /// <param name="cancellationToken">Stops between records; the run being read is dropped.</param>
    /// <exception cref="StoreLockedException">Another process writes.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the run being read left nothing.</exception>
    public static async Task<ImportResult> ImportAsync(
        IFileFormat format, ImportRequest request, IGraphStore? store, ImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(request);
        options ??= new();
        var import = new Import(format, request, options.DryRun ? null : store ?? throw new ArgumentNullException(nameof(store)), options);
        try
        {
            return await import.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is RefusedInputException or RecordTimeException)
        {
            return import.Result(refused.Message);
        }
    }
}
