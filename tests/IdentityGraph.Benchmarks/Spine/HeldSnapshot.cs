using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Spine;

/// <summary>A store of one snapshot already folded, so that questions are measured and not its folding.</summary>
internal sealed class HeldSnapshot(GraphSnapshot snapshot) : IGraphStore
{
    public string Location => "memory";

    public IReadOnlyList<SealedRun> Runs() => [];

    public ValueTask<IRunWriter> BeginRunAsync(RunHeader header, CancellationToken cancellationToken = default) => throw new NotSupportedException("it is only read");

    public IEnumerable<Observation> Read(SealedRun run, CancellationToken cancellationToken = default) => [];

    public ValueTask<GraphSnapshot> SnapshotAsync(DateTimeOffset? asKnownAt = null, CancellationToken cancellationToken = default) => ValueTask.FromResult(snapshot);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
