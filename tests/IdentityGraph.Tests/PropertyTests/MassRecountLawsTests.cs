using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Counted again after an edge is cut, everybody reaches what a search without that edge attains.</summary>
public sealed class MassRecountLawsTests
{
    private static readonly Cell[] s_cells = Enum.GetValues<Cell>();

    [Theory]
    [InlineData(MassMethod.Quicker, false)]
    [InlineData(MassMethod.Quicker, true)]
    [InlineData(MassMethod.Starts, false)]
    public void Counted_again_is_counted_without_the_edge(MassMethod method, bool isKnown)
    {
        var (counted, changed) = (0, 0);
        Sample.Check(25, isKnown ? 65UL : method == MassMethod.Quicker ? 63UL : 64UL, estate => Broken(estate, method, isKnown, ref counted, ref changed), largest: 30);

        // Most that is counted again did change: the others were told apart before.
        Assert.InRange(changed, counted / 4, counted);
    }

    private static List<string> Broken(RandomEstate estate, MassMethod method, bool isKnown, ref int counted, ref int changed)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var graph = EngineEstate.Control(view, estate.Question);
        var nodes = Enumerable.Range(0, view.NodeCount).Select(index => view[index]).ToList();
        var starts = nodes.ConvertAll(node => Seeding.Of(node, graph.Liveness));
        var result = MassReach.Of(graph, starts, new MassOptions { Workers = 1 });
        var recount = MassRecount.Of(graph, starts, isKnown ? result.Summaries : null);
        List<string> broken = [];
        for (var edge = 0; edge < view.EdgeCount; edge++)
        {
            HashSet<int> cut = [edge];
            var again = recount.Without(cut, new MassOptions { Method = method, Workers = 1 });
            for (var start = 0; start < starts.Count; start++)
            {
                var before = Told(result.Summaries[start]!);
                var now = again.TryGetValue(start, out var summary) ? Told(summary) : before;
                var alone = Told(BlastRadius.Of(graph.Reach(starts[start], new ReachOptions { DeadEdges = cut })));
                counted += again.ContainsKey(start) ? 1 : 0;
                changed += now == before ? 0 : 1;
                if (now != alone)
                {
                    broken.Add($"{nodes[start]} without {view.EdgeAt(edge).Kind} {view.EdgeAt(edge).Of} to {view.EdgeAt(edge).To}: counted again {now}, searched {alone}");
                }
            }
        }

        return broken;
    }

    private static string Told(BlastRadius radius) => Told(
        cell => radius.Nodes.Count(node => radius.Reach[node].Of(cell) != Rights.None), radius.Raw, radius.DirectRaw, radius.Share, radius.CrownJewels.Count, radius.WithoutCriticality);

    private static string Told(ReachSummary summary) =>
        Told(summary.NodesIn, summary.Raw, summary.DirectRaw, summary.Share, summary.CrownJewels, summary.WithoutCriticality);

    private static string Told(Func<Cell, int> nodes, double raw, double directRaw, double share, int jewels, int unstated) =>
        $"{string.Join('/', s_cells.Select(nodes))} raw {raw:0.######} direct {directRaw:0.######} share {share:0.######} jewels {jewels} unstated {unstated}";
}
