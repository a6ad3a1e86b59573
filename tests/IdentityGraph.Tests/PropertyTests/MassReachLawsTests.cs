using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>The reach of every node at once is the reach of each alone.</summary>
public sealed class MassReachLawsTests
{
    private static readonly Cell[] s_cells = Enum.GetValues<Cell>();

    /// <summary>Whichever way it is counted: with starts as bits everywhere, with targets as bits wherever that may be.</summary>
    [Theory]
    [InlineData(MassMethod.Starts)]
    [InlineData(MassMethod.Targets)]
    public void All_at_once_is_each_alone(MassMethod method)
    {
        var blocks = 0;
        Sample.Check(200, 21, estate => Broken(estate, method, ref blocks));
        Assert.Equal(method == MassMethod.Targets, blocks > 0);
    }

    private static IReadOnlyList<string> Broken(RandomEstate estate, MassMethod method, ref int blocks)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var graph = EngineEstate.Control(view, estate.Question);
        var nodes = Enumerable.Range(0, view.NodeCount).Select(index => view[index]).ToList();
        var starts = nodes.ConvertAll(node => Seeding.Of(node, graph.Liveness));

        // The question's own seeds together are one start more.
        starts.Add([.. estate.Question.Seeds.Select(seed => view.Find(seed)).OfType<Node>().SelectMany(seed => Seeding.Of(seed, graph.Liveness))]);
        var result = MassReach.Of(graph, starts, new MassOptions { Method = method, Workers = 1 });
        var together = result.Summaries;
        blocks += result.Costs.TargetBlocks;
        return
        [
            .. starts.Select((start, number) => (Alone: Told(BlastRadius.Of(graph.Reach(start))), Together: Told(together[number]!), Start: number < nodes.Count ? nodes[number].ToString() : "all seeds"))
                .Where(told => told.Alone != told.Together)
                .Select(told => $"{told.Start}: alone {told.Alone}, with the others {told.Together}"),
        ];
    }

    private static string Told(BlastRadius radius) => Told(
        cell => radius.Nodes.Count(node => radius.Reach[node].Of(cell) != Rights.None), radius.Raw, radius.DirectRaw, radius.Share, radius.CrownJewels.Count, radius.WithoutCriticality);

    private static string Told(ReachSummary summary) =>
        Told(summary.NodesIn, summary.Raw, summary.DirectRaw, summary.Share, summary.CrownJewels, summary.WithoutCriticality);

    private static string Told(Func<Cell, int> nodes, double raw, double directRaw, double share, int jewels, int unstated) =>
        $"{string.Join('/', s_cells.Select(nodes))} raw {raw:0.######} direct {directRaw:0.######} share {share:0.######} jewels {jewels} unstated {unstated}";
}
