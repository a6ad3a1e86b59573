using IdentityGraph.Analyze.Dominance;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>What a choke point is said to take away is what a search with that node left out no longer attains; and no other is left unsaid.</summary>
public sealed class ChokePointLawsTests
{
    [Fact]
    public void Every_node_takes_away_what_a_search_without_it_lacks()
    {
        var (points, needed, dominating) = (0, 0, 0);
        Sample.Check(120, 71, estate => [.. Starts(estate).SelectMany(one => Broken(one.View, one.Control, one.Seeds))]);

        // Both ways of knowing are met, and there is something to know.
        Assert.True(points > 100 && needed > 40 && dominating > 80, $"{points} choke points, {needed} tried, {dominating} known by dominators");

        List<string> Broken(GraphView view, ControlGraph control, IReadOnlyList<Seed> seeds)
        {
            var whole = control.Reach(seeds);
            var told = ChokePoints.Of(control, seeds, IsTarget, int.MaxValue, default);
            var expected = Lost(view, control, seeds, whole);
            var found = told.Points.ToDictionary(point => point.Node, point => point.Lost);
            var few = ChokePoints.Of(control, seeds, IsTarget, 2, default);
            points += expected.Count;
            needed += told.Tried;
            dominating += told.Candidates - told.Tried;
            List<string> broken = [.. expected.Keys.Union(found.Keys)
                .Where(node => expected.GetValueOrDefault(node) != found.GetValueOrDefault(node))
                .Select(node => $"{view[node]}: without it {expected.GetValueOrDefault(node)} are not attained, told {found.GetValueOrDefault(node)}")];
            if (!few.Points.Select(point => point.Lost).SequenceEqual(told.Points.Take(2).Select(point => point.Lost)))
            {
                broken.Add($"of two {string.Join('/', few.Points)}, of all {string.Join('/', told.Points)}");
            }

            return broken;
        }
    }

    [Fact]
    public void What_a_node_dominates_it_takes_away()
    {
        var pairs = 0;
        Sample.Check(100, 72, estate =>
        {
            var (view, control, seeds) = Prepared(estate);
            var ways = ChokePoints.Ways(control, seeds, default);
            var nodes = new NodeWays(ways, view.NodeCount);
            var tree = new DominatorTree(nodes);
            var nodeOf = Enumerable.Range(0, view.NodeCount).Where(node => nodes.VertexOf[node] > 0).ToDictionary(node => nodes.VertexOf[node]);
            List<string> broken = [];
            foreach (var (vertex, node) in nodeOf)
            {
                // Groups and the like dominate too, but are left out of a search only with the edges to them.
                if (nodeOf.TryGetValue(tree.DominatorOf(vertex), out var by) && BlastRadius.IsListed(view[node].Kind) && BlastRadius.IsListed(view[by].Kind))
                {
                    pairs++;
                    if (!control.Reach(seeds, new ReachOptions { Avoid = index => index == by })[view[node]].IsEmpty)
                    {
                        broken.Add($"{view[by]} is told to dominate {view[node]}, which is attained without it");
                    }
                }
            }

            return broken;
        });
        Assert.True(pairs > 100, $"{pairs} pairs");
    }

    /// <summary>What the question starts from, and three nodes by themselves.</summary>
    private static IEnumerable<(GraphView View, ControlGraph Control, IReadOnlyList<Seed> Seeds)> Starts(RandomEstate estate)
    {
        var (view, control, seeds) = Prepared(estate);
        yield return (view, control, seeds);
        for (var i = 0; i < 3 && view.NodeCount > 0; i++)
        {
            yield return (view, control, Seeding.Of(view[i * view.NodeCount / 3], control.Liveness));
        }
    }

    private static (GraphView View, ControlGraph Control, List<Seed> Seeds) Prepared(RandomEstate estate)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var control = EngineEstate.Control(view, estate.Question);
        return (view, control, [.. estate.Question.Seeds.Select(seed => view.Find(seed)).OfType<Node>().SelectMany(seed => Seeding.Of(seed, control.Liveness))]);
    }

    private static bool IsTarget(Node node) => node.Kind == NodeKinds.Resource || node.Kind == NodeKinds.System || node.Kind == NodeKinds.Account;

    /// <summary>By node that may be cut, how many targets a search that leaves it out does not attain.</summary>
    private static Dictionary<int, int> Lost(GraphView view, ControlGraph control, IReadOnlyList<Seed> seeds, ReachResult whole)
    {
        List<Node> targets = [.. whole.Attained.Where(IsTarget)];
        var lost = new Dictionary<int, int>();
        NodeKind[] never = [NodeKinds.Resource, NodeKinds.System, NodeKinds.Organization, NodeKinds.Person];
        foreach (var node in whole.Attained.Where(node => BlastRadius.IsListed(node.Kind) && !(seeds.Any(seed => seed.Node == node) && never.Contains(node.Kind))))
        {
            var left = control.Reach(seeds, new ReachOptions { Avoid = index => index == node.Index });
            if (targets.Count(target => target != node && left[target].IsEmpty) is > 0 and var count)
            {
                lost[node.Index] = count;
            }
        }

        return lost;
    }
}
