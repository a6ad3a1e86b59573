using IdentityGraph.Analyze.Reach;

namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>Searches without proofs, asked of a graph that was asked before: ended early they say so, and leave nothing behind for the next.</summary>
public sealed class PlainReachTests
{
    private const int Width = 100;

    private static readonly ReachOptions s_plain = new() { WithoutProofs = true };

    [Fact]
    public void Told_to_stop_it_says_that_more_may_be_reached()
    {
        var (graph, seeds, whole) = Asked();
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        var cut = graph.Reach(seeds, s_plain with { Stop = stop.Token }, TestContext.Current.CancellationToken);

        Assert.True(cut.IsPlain && cut.IsCutShort);
        Assert.InRange(cut.Attained.Count(), 1, whole.Length - 1);
        Assert.All(cut.Attained, node => Assert.Contains(node.Id, whole));
        Assert.Equal(whole, Ids(graph.Reach(seeds, s_plain, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Cancelled_it_throws_and_the_next_finds_everything()
    {
        var (graph, seeds, whole) = Asked();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => graph.Reach(seeds, s_plain, cancelled.Token));
        Assert.Equal(whole, Ids(graph.Reach(seeds, s_plain, TestContext.Current.CancellationToken)));
        Assert.Equal(["last"], Ids(graph.Reach([Seed.Of(graph.View.Find("last")!.Value)], s_plain, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_proof_of_it_is_refused()
    {
        var (graph, seeds, _) = Asked();
        var reach = graph.Reach(seeds, s_plain, TestContext.Current.CancellationToken);

        Assert.Contains("WithoutProofs", Assert.Throws<InvalidOperationException>(() => reach.Proof(graph.View.Find("last")!.Value)).Message, StringComparison.Ordinal);
    }

    /// <summary>A hundred that may act as a hundred each, who may act as the last one; asked once already.</summary>
    private static (ControlGraph Graph, Seed[] Seeds, string[] Whole) Asked()
    {
        var view = Estate.View(run =>
        {
            run.Service("first").Service("last");
            for (var one = 0; one < Width; one++)
            {
                run.Service($"a{one}").Service($"b{one}").Edge("CAN_ASSUME", "first", $"a{one}").Edge("CAN_ASSUME", $"b{one}", "last");
            }

            for (var one = 0; one < Width * Width; one++)
            {
                run.Edge("CAN_ASSUME", $"a{one / Width}", $"b{one % Width}");
            }
        });
        var graph = ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer);
        Seed[] seeds = [Seed.Of(view.Find("first")!.Value)];
        return (graph, seeds, Ids(graph.Reach(seeds, s_plain, TestContext.Current.CancellationToken)));
    }

    private static string[] Ids(ReachResult reach) => [.. reach.Attained.Select(node => node.Id).Order(StringComparer.Ordinal)];
}
