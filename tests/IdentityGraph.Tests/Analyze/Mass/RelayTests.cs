using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Mass;

/// <summary>
/// 1,300 bots, each of which may assume the next and reads a file of its own: bot i reaches the bots behind it and every file from its
/// own on. More than two blocks of starts, and of targets.
/// </summary>
public sealed class RelayTests
{
    private const int Bots = 1_300;

    [Theory]
    [InlineData(MassMethod.Starts)]
    [InlineData(MassMethod.Targets)]
    public void Each_bot_reaches_all_behind_it(MassMethod method)
    {
        var (graph, starts) = Relay(closed: false);

        var result = MassReach.Of(graph, starts, new MassOptions { Method = method }, TestContext.Current.CancellationToken);

        Assert.Equal(method == MassMethod.Targets, result.Costs.TargetBlocks > 0);
        for (var i = 0; i < Bots; i++)
        {
            var (summary, files) = (result.Summaries[i]!, Bots - i);
            Assert.Equal(files - 1 + files, summary.NodesIn(Cell.CertainDirect));
            Assert.Equal(summary.NodesIn(Cell.CertainDirect), summary.NodesIn(Cell.PossibleAmplified));
            // Files of criticality 2, read: 0.3 each.
            Assert.Equal(files * 2 * 0.3, summary.Raw, 9);
            Assert.Equal(summary.Raw / (Bots * 2), summary.Share, 9);
        }
    }

    [Fact]
    public void A_ring_of_bots_reaches_everything_from_everywhere_but_itself()
    {
        var (graph, starts) = Relay(closed: true);

        var result = MassReach.Of(graph, starts, new MassOptions(), TestContext.Current.CancellationToken);

        Assert.All(result.Summaries, summary => Assert.Equal(Bots - 1 + Bots, summary!.NodesIn(Cell.CertainDirect)));
    }

    [Fact]
    public void Estimates_are_about_right()
    {
        var (graph, starts) = Relay(closed: false);

        var estimates = ReachSketch.Of(graph, starts, TestContext.Current.CancellationToken);

        var off = estimates.Select((estimate, i) => (Nodes: Math.Abs(estimate.Nodes / Math.Max(1, (2 * (Bots - i)) - 1) - 1), Raw: Math.Abs(estimate.Raw / ((Bots - i) * 0.6) - 1))).ToList();
        Assert.True(off.Count(one => one.Nodes < 3 * ReachSketch.RelativeError) > Bots * 0.95);
        Assert.True(off.Count(one => one.Raw < 3 * ReachSketch.RelativeError) > Bots * 0.95);
        Assert.Equal(estimates, ReachSketch.Of(graph, starts, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Told_to_stop_it_keeps_the_blocks_that_are_done()
    {
        var (graph, starts) = Relay(closed: false);
        using var stop = new CancellationTokenSource();

        var result = MassReach.Of(graph, starts, new MassOptions { Stop = stop.Token, Workers = 1, Progress = new OnProgress(_ => stop.Cancel()) }, TestContext.Current.CancellationToken);

        // The first bot begins where the second does, and is counted with it.
        Assert.Equal(512 + 1, result.Summaries.Count(summary => summary is not null));
        Assert.All(result.Summaries.Select((summary, i) => (summary, i)).Where(one => one.summary is not null), one => Assert.Equal(2 * (Bots - one.i) - 1, one.summary!.NodesIn(Cell.CertainDirect)));
    }

    [Fact]
    public void Cancelled_it_throws()
    {
        var (graph, starts) = Relay(closed: false);
        using var cancel = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => MassReach.Of(graph, starts, new MassOptions { Progress = new OnProgress(_ => cancel.Cancel()), Workers = 1 }, cancel.Token));
    }

    [Fact]
    public void Progress_comes_to_its_end_and_memory_is_kept_to()
    {
        var (graph, starts) = Relay(closed: false);
        List<MassProgress> told = [];

        var result = MassReach.Of(graph, starts, new MassOptions { Workers = 8, RowMemory = 1, Progress = new OnProgress(told.Add) }, TestContext.Current.CancellationToken);

        Assert.Equal(1, result.Costs.Workers);
        Assert.Equal(Enumerable.Range(1, told[0].All), told.Select(one => one.Done));
        Assert.Equal(TimeSpan.Zero, told[^1].Left);
    }

    private static (ControlGraph Graph, List<IReadOnlyList<Seed>> Starts) Relay(bool closed)
    {
        var view = Facts.Of("2025-06-02", run =>
        {
            for (var i = 0; i < Bots; i++)
            {
                run.Node($"bot{i}", "ServiceIdentity", ("state", "Active")).Node($"file{i}", "Resource", ("criticality", 2)).Edge("ENTITLES", $"bot{i}", $"file{i}", ("level", "L2"));
                if (i + 1 < Bots || closed)
                {
                    run.Edge("CAN_ASSUME", $"bot{i}", $"bot{(i + 1) % Bots}");
                }
            }
        }).At("2025-06-02");
        var graph = ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer);
        return (graph, [.. Enumerable.Range(0, Bots).Select(i => Seeding.Of(view.Find($"bot{i}")!.Value, graph.Liveness))]);
    }

    private sealed class OnProgress(Action<MassProgress> told) : IProgress<MassProgress>
    {
        public void Report(MassProgress value) => told(value);
    }
}
