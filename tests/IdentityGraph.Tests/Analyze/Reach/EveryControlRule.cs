using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Analyze.Reach;

public sealed class EveryControlRule
{
    public static TheoryData<string> Stories => [.. RuleCases.All.Select(one => one.ToString())];

    [Theory]
    [MemberData(nameof(Stories))]
    public void Opens_what_it_says_and_nothing_nearby(string story)
    {
        var one = RuleCases.All.Single(other => other.ToString() == story);
        Assert.True(RightsLogic.TryParseLetters(one.Right, out var right));
        Assert.True(RightsLogic.TryParseLetters(one.SeedRights, out var seedRights));

        var reach = Estate.Reach(one.Facts, one.Seed, rights: seedRights == Rights.None ? null : seedRights);
        var target = reach.Graph.View.Find(one.Target)!.Value;

        if (one.Opens)
        {
            Assert.Equal(one.Rule, reach.Proof(target, right, Cell.CertainAmplified)!.Steps[^1].Rule!.Id);
        }
        else
        {
            Assert.False(reach.Attains(target, right, Cell.PossibleAmplified), reach.Cells(one.Target));
        }
    }

    [Fact]
    public void Has_a_scenario_it_opens_and_one_it_must_not()
    {
        var expected = ControlRules.All.SelectMany(rule => new[] { (rule.Id, true), (rule.Id, false) });

        Assert.Equal(expected.ToHashSet(), RuleCases.All.Select(one => (one.Rule, one.Opens)).ToHashSet());
    }

    [Fact]
    public void Is_numbered_in_order_and_says_what_it_reads()
    {
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"D{number}"), ControlRules.All.Select(rule => rule.Id));
        Assert.All(ControlRules.All, rule =>
        {
            Assert.EndsWith(".", rule.Sentence, StringComparison.Ordinal);
            Assert.All(rule.Reads, kind => Assert.True(kind.FeedsControl, $"{rule.Id} reads {kind}"));
            Assert.NotEmpty(rule.Techniques);
        });
    }

    [Fact]
    public void Amplifies_only_in_the_amplified_sets()
    {
        var reach = Estate.Reach(RuleCases.All.First(one => one is { Rule: "D10", Opens: true }).Facts, "hub");

        Assert.Equal("- DRW - DRW", reach.Cells("crm"));
    }
}
