using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Questions that search less than everything answer as if they searched everything.</summary>
public sealed class QuestionsLawsTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public void Exposure_is_what_each_alone_attains_of_the_target() => Sample.Check(120, 61, estate =>
    {
        var (_, control, _) = Open(estate);
        var nodes = Nodes(control);
        List<string> broken = [];
        foreach (var target in nodes.Where(node => BlastRadius.IsListed(node.Kind)).Take(6))
        {
            var found = Exposures.Of(control, target, Rights.None, s_none, s_none).Attackers.Select(one => $"{one.Node} {one.Reach[target].Word} {one.Reach.Hops(target)}");
            var alone = nodes
                .Where(node => (node.Kind.IsPrincipal || node.Kind == NodeKinds.Credential) && node != target && node.Present != Truth.False)
                .OrderBy(node => node.Id, StringComparer.Ordinal)
                .Select(node => (Node: node, Reach: control.Reach(Seeding.Of(node, control.Liveness))))
                .Where(one => !one.Reach[target].IsEmpty)
                .Select(one => $"{one.Node} {one.Reach[target].Word} {one.Reach.Hops(target)}");
            broken.AddRange(Differing($"exposure of {target}", alone, found));
        }

        return broken;
    });

    [Fact]
    public void Proofs_are_distinct_none_within_another_and_the_first_takes_the_fewest_hops() => Sample.Check(120, 62, estate =>
    {
        var (_, control, seeds) = Open(estate);
        var reach = control.Reach(seeds);
        List<string> broken = [];
        foreach (var target in reach.Attained.Where(node => reach.Hops(node) > 1).Take(4))
        {
            var cell = reach[target].Strongest;
            var right = reach[target].Highest(cell);
            var list = ProofList.Of(reach, target, right, cell, 5, s_none);
            var sets = list.Proofs.Select(FactsOf).ToList();
            var hops = list.Proofs.Select(proof => proof.Steps[^1].Hop).ToList();
            if (sets.Count == 0 || hops[0] != reach.Hops(target, right, cell))
            {
                broken.Add($"{target}: {sets.Count} proofs, the first of {(hops.Count == 0 ? -1 : hops[0])} hops instead of {reach.Hops(target, right, cell)}");
            }

            broken.AddRange(sets.Index().SelectMany(one => sets.Index().Where(other => other.Index != one.Index && other.Item.IsSubsetOf(one.Item))).Select(_ => $"{target}: a proof lies within another"));
            broken.AddRange(list.Proofs.Where(proof => proof.Steps[^1].Node.Index != target.Index).Select(_ => $"{target}: a proof ends elsewhere"));
        }

        return broken;
    });

    [Fact]
    public void Cuts_of_one_or_two_are_those_that_trying_every_pair_finds()
    {
        var (single, paired) = (0, 0);
        Sample.Check(400, 63, estate => BrokenCuts(estate, ref single, ref paired));
        Assert.True(single >= 150 && paired >= 10, $"only {single} cuts of one and {paired} of two: too few to tell anything");
    }

    private static List<string> BrokenCuts(RandomEstate estate, ref int single, ref int paired)
    {
        var (_, control, seeds) = Open(estate);
        var reach = control.Reach(seeds);
        List<string> broken = [];
        foreach (var target in reach.Attained.Where(node => BlastRadius.IsListed(node.Kind) && reach.Hops(node) > 1).Take(2))
        {
            var question = new CutQuestion { Seeds = seeds, Targets = [(target, Rights.None)], MaxSize = 2, All = true };
            var cuts = Cuts.Of(control, question, s_none, s_none);
            var found = cuts.Found.Select(cut => string.Join(' ', cut.Members.Select(cuts.NameOf).Order(StringComparer.Ordinal)));
            single += cuts.Found.Count(cut => cut.Members.Count == 1);
            paired += cuts.Found.Count(cut => cut.Members.Count == 2);
            broken.AddRange(Differing($"cuts of {target}", Tried(control, seeds, target), found));
        }

        return broken;
    }

    private static List<string> Tried(ControlGraph control, IReadOnlyList<Seed> seeds, Node target)
    {
        NodeKind[] places = [NodeKinds.Resource, NodeKinds.System, NodeKinds.Organization, NodeKinds.Person];
        var candidates = Nodes(control)
            .Where(node => BlastRadius.IsListed(node.Kind) && node.Kind != NodeKinds.Person && node != target && !seeds.Any(seed => seed.Node == node && places.Contains(node.Kind)))
            .OrderBy(node => node.Id, StringComparer.Ordinal)
            .ToList();
        var alone = candidates.Where(node => Falls(node)).ToList();
        var rest = candidates.Except(alone).ToList();
        var pairs = from one in rest.Index() from other in rest.Skip(one.Index + 1) where Falls(one.Item, other) select $"{one.Item} {other}";
        return [.. alone.Select(node => node.Id).Concat(pairs).Order(StringComparer.Ordinal)];

        bool Falls(params Node[] dead) => control.Reach(seeds, new ReachOptions { DeadNodes = dead.Select(node => node.Index).ToHashSet() })[target].IsEmpty;
    }

    private static (GraphView View, ControlGraph Control, IReadOnlyList<Seed> Seeds) Open(RandomEstate estate)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var control = EngineEstate.Control(view, estate.Question);
        return (view, control, [.. estate.Question.Seeds.Select(seed => view.Find(seed)).OfType<Node>().SelectMany(seed => Seeding.Of(seed, control.Liveness))]);
    }

    private static List<Node> Nodes(ControlGraph control) => [.. Enumerable.Range(0, control.View.NodeCount).Select(index => control.View[index])];

    private static HashSet<string> FactsOf(Proof proof) =>
    [
        .. proof.Steps.SelectMany(step => step.Edges).Select(edge => $"e{edge.Index}"),
        .. proof.Steps.SelectMany(step => step.NodeFacts).Select(fact => $"{fact.Node.Index} {fact.Property}"),
    ];

    private static IEnumerable<string> Differing(string what, IEnumerable<string> expected, IEnumerable<string> found)
    {
        var (left, right) = (expected.ToHashSet(StringComparer.Ordinal), found.ToHashSet(StringComparer.Ordinal));
        return left.Except(right).Select(one => $"{what}: missing {one}").Concat(right.Except(left).Select(one => $"{what}: not expected {one}"));
    }
}
