using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>What falls if a group, rather than one of its members, is taken over.</summary>
public sealed class GroupSeedTests
{
    private const string Today = "2025-06-02";

    private static readonly Facts s_company = new Facts().Run("ad", Today, run => run
        .Node("admins", "Group").Node("operators", "Group").Node("printers", "Group").Node("db", "Resource").Node("printer", "Resource")
        .Edge("MEMBER_OF", "admins", "operators")
        .Edge("ENTITLES", "operators", "db", ("level", "L3"))
        .Edge("ENTITLES", "printers", "printer", ("level", "L3")));

    [Fact]
    public async Task A_group_reaches_what_the_groups_it_is_in_are_entitled_to_with_a_proof_from_the_group()
    {
        var radius = await Radius("admins");
        var db = radius.Reached.Single(node => node.Id == "db");
        var steps = radius.Proofs[db.Proof!];
        Assert.Equal(("seed", "admins"), (steps[0].Rule, steps[0].Node));
        Assert.Equal(("D4", "db", "admins"), (steps[^1].Rule, steps[^1].Node, Assert.Single(steps[^1].From)));
        Assert.DoesNotContain("printer", radius.Reached.Select(node => node.Id));
    }

    private static async Task<BlastRadiusAnswer> Radius(string seed) =>
        (await FactsStore.Ask(s_company).BlastRadiusAsync(FactsStore.As(Today), [seed], null, true, TestContext.Current.CancellationToken)).Data;
}
