using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>A store of one fold, made before: the facade asked about a random estate. Where what-ifs are laid over it the runs are needed too.</summary>
internal sealed class FoldedStore(GraphSnapshot snapshot, IReadOnlyList<(SealedRun Run, IEnumerable<Observation> Said)>? runs = null) : IGraphStore
{
    public string Location => "memory";

    public IReadOnlyList<SealedRun> Runs() => [.. (runs ?? []).Select(run => run.Run)];

    public ValueTask<IRunWriter> BeginRunAsync(RunHeader header, CancellationToken cancellationToken = default) => throw new NotSupportedException("it is only read");

    public IEnumerable<Observation> Read(SealedRun run, CancellationToken cancellationToken = default) => (runs ?? []).First(one => one.Run == run).Said;

    public ValueTask<GraphSnapshot> SnapshotAsync(DateTimeOffset? asKnownAt = null, CancellationToken cancellationToken = default) => ValueTask.FromResult(snapshot);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
