using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Report;

namespace IdentityGraph.Tests.Report;

public sealed class KeptSnapshotsTests
{
    private static readonly DateTimeOffset s_day = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_moment_asked_about_again_is_folded_once()
    {
        var store = new CountingStore();
        var kept = new KeptSnapshots();
        var first = await kept.AtAsync(store, s_day, TestContext.Current.CancellationToken);
        Assert.Same(first, await kept.AtAsync(store, s_day, TestContext.Current.CancellationToken));
        Assert.Equal(1, store.Folds);
    }

    [Fact]
    public async Task A_thousand_moments_keep_four_snapshots_and_the_one_asked_for_last_stays()
    {
        var store = new CountingStore();
        var kept = new KeptSnapshots();
        for (var minute = 0; minute < 1000; minute++)
        {
            await kept.AtAsync(store, s_day, TestContext.Current.CancellationToken);
            await kept.AtAsync(store, s_day.AddMinutes(minute + 1), TestContext.Current.CancellationToken);
        }

        Assert.Equal(KeptSnapshots.Most, kept.Count);
        Assert.Equal(1001, store.Folds);
    }

    private sealed class CountingStore : IGraphStore
    {
        public int Folds { get; private set; }

        public string Location => "memory";

        public IReadOnlyList<SealedRun> Runs() => [];

        public ValueTask<IRunWriter> BeginRunAsync(RunHeader header, CancellationToken cancellationToken = default) => throw new NotSupportedException("it is only read");

        public IEnumerable<Observation> Read(SealedRun run, CancellationToken cancellationToken = default) => [];

        public ValueTask<GraphSnapshot> SnapshotAsync(DateTimeOffset? asKnownAt = null, CancellationToken cancellationToken = default)
        {
            Folds++;
            return ValueTask.FromResult(Pipeline.Fold([], asKnownAt ?? s_day, cancellationToken: cancellationToken));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
