using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>A store of one fold, made before: the facade asked about a random estate.</summary>
internal sealed class FoldedStore(GraphSnapshot snapshot) : IGraphStore
{
    public string Location => "memory";

    public IReadOnlyList<SealedRun> Runs() => [];

    public ValueTask<IRunWriter> BeginRunAsync(RunHeader header, CancellationToken cancellationToken = default) => throw new NotSupportedException("it is only read");

    public IEnumerable<Observation> Read(SealedRun run, CancellationToken cancellationToken = default) => [];

    public ValueTask<GraphSnapshot> SnapshotAsync(DateTimeOffset? asKnownAt = null, CancellationToken cancellationToken = default) => ValueTask.FromResult(snapshot);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
