using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>What holds for every estate, tried on many drawn by lot.</summary>
public sealed class ReachLawTests
{
    private static readonly string[] s_seeds = ["Account:0", "Credential:0", "Person:0", "Resource:1", "Application:0", "Organization:0", "System:0", "Connector:1"];

    public static TheoryData<int> Lots => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Lots))]
    public void Certain_is_possible_and_direct_is_amplified(int lot) => Each(lot, (reach, _) =>
    {
        foreach (var node in reach.Attained)
        {
            var cells = reach[node];
            Assert.True(cells.PossibleDirect.Has(cells.CertainDirect) && cells.PossibleAmplified.Has(cells.CertainAmplified));
            Assert.True(cells.CertainAmplified.Has(cells.CertainDirect) && cells.PossibleAmplified.Has(cells.PossibleDirect));
        }
    });

    [Theory]
    [MemberData(nameof(Lots))]
    public void Every_right_in_every_cell_has_a_proof_whose_steps_are_used_and_rest_on_earlier_ones(int lot) => Each(lot, (reach, _) =>
    {
        foreach (var node in reach.Attained)
        {
            foreach (var cell in Enum.GetValues<Cell>())
            {
                var right = reach[node].Highest(cell);
                if (right == Rights.None)
                {
                    continue;
                }

                var steps = reach.Proof(node, right, cell)!.Steps;
                Assert.Equal(node, steps[^1].Node);
                Assert.True(steps[^1].Rights.Has(right), $"{node} {right} {cell}: " + string.Join("; ", steps.Select(step => $"{step.Rule} {step.Node} {step.Rights} hop {step.Hop} from {string.Join(",", step.From)}")));
                Assert.True(steps.Where(step => step.Rule is not null).All(step => step.From.Count > 0));
                for (var i = 0; i < steps.Count; i++)
                {
                    Assert.All(steps[i].From, from => Assert.Contains(steps.Take(i), before => before.Node == from));
                    Assert.True(i == steps.Count - 1 || steps.Skip(i + 1).Any(later => later.From.Contains(steps[i].Node)), $"{steps[i].Node} is not used");
                }
            }
        }
    });

    [Theory]
    [MemberData(nameof(Lots))]
    public void More_seeds_and_a_stronger_profile_never_shrink_it(int lot) => Each(lot, (reach, view) =>
    {
        var more = Estate.Reach(view, [reach.Seeds[0].Node.Id, "Account:1", "Credential:1"]);
        var inside = Estate.Reach(view, [reach.Seeds[0].Node.Id], "Insider");
        Assert.All(reach.Attained, node =>
        {
            Assert.Equal(reach[node].Word, more[node].Word & reach[node].Word);
            Assert.Equal(reach[node].Word, inside[node].Word & reach[node].Word);
        });
    });

    [Theory]
    [MemberData(nameof(Lots))]
    public void A_search_leaves_nothing_behind_for_the_next(int lot)
    {
        var view = Estate.View(new RandomEstate(lot).Say);
        var graph = ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer);
        foreach (var seed in s_seeds)
        {
            var meant = new[] { Seed.Of(view.Find(seed)!.Value) };
            var (shared, alone) = (graph.Reach(meant, null, TestContext.Current.CancellationToken), ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer).Reach(meant, null, TestContext.Current.CancellationToken));

            Assert.Equal(alone.Attained.Select(node => (node.Id, alone[node].Word, alone.Hops(node))), shared.Attained.Select(node => (node.Id, shared[node].Word, shared.Hops(node))));
        }
    }

    [Fact]
    public void The_lots_reach_by_every_rule()
    {
        HashSet<string> rules = [];
        for (var lot = 1; lot <= 200 && ControlRules.All.Any(rule => !rules.Contains(rule.Id)); lot++)
        {
            Each(lot, (reach, _) => rules.UnionWith(reach.Attained.SelectMany(node => reach.Proof(node)!.Steps).Select(step => step.Rule?.Id ?? "")));
        }

        Assert.Empty(ControlRules.All.Select(rule => rule.Id).Except(rules));
    }

    private static void Each(int lot, Action<ReachResult, GraphView> check)
    {
        var view = Estate.View(new RandomEstate(lot).Say);
        foreach (var seed in s_seeds)
        {
            check(Estate.Reach(view, [seed]), view);
        }
    }
}
