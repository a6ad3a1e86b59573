using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>A store that only reads: the runs of some <see cref="Facts"/>.</summary>
internal sealed class FactsStore(Facts facts) : IGraphStore
{
    public string Location => "facts";

    /// <summary>The facade over facts, asked with the default policy.</summary>
    public static Investigation Ask(Facts facts) => new(new FactsStore(facts), new AnalysisPolicy(), TimeProvider.System);

    public static Ask As(string asOf) => new() { AsOf = Facts.Instant(asOf), AsKnownAt = Facts.Instant("2100-01-01") };

    public IReadOnlyList<SealedRun> Runs() => [.. facts.Runs.Select(run => run.Run)];

    public ValueTask<IRunWriter> BeginRunAsync(RunHeader header, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("facts of a story are not written to");

    public IEnumerable<Observation> Read(SealedRun run, CancellationToken cancellationToken = default) =>
        facts.Runs.Single(known => known.Run == run).Observations;

    public ValueTask<GraphSnapshot> SnapshotAsync(DateTimeOffset? asKnownAt = null, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(GraphSnapshot.Fold(facts.Runs, asKnownAt ?? DateTimeOffset.MaxValue, null, cancellationToken));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
