using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>What is wrong if the feed of the personnel department is: what it triggers, and what that writes to, can provision, can grant and made.</summary>
public sealed class InfluenceQuestionTests
{
    private static readonly Action<Facts.Lines> s_feed = l => l
        .System("hr", ("category", "hris")).Connector("sync").System("directory").System("payroll").System("crm").Service("robot").Account("made").Node("sales", "Group")
        .Edge("TRIGGERS", "hr", "sync").Edge("CONNECTS", "sync", "directory", ("side", "target")).Edge("CONNECTS", "sync", "payroll", ("side", "source"))
        .Edge("RUNS_AS", "sync", "robot").Edge("CAN_PROVISION", "robot", "crm", ("maxLevel", "L2")).Edge("CAN_GRANT", "robot", "sales").Edge("SPAWNED", "robot", "made");

    [Fact]
    public async Task Everything_it_decides_is_followed_with_the_facts_on_the_way()
    {
        var data = (await Ask(s_feed, "hr")).Data;

        Assert.Equal(["crm 3", "directory 2", "made 3", "robot 2", "sales 3", "sync 1"], data.Influenced.Select(Said));
        Assert.Equal(["TRIGGERS", "RUNS_AS", "CAN_PROVISION"], data.Influenced[0].Way.Select(fact => fact.Edge));
    }

    [Fact]
    public async Task A_system_that_is_only_read_from_is_not_decided_and_one_of_an_unknown_side_possibly() =>
        Assert.Equal(["ledger 1 possibly"], (await Ask(l => l.Connector("sync").System("payroll").System("ledger").Edge("CONNECTS", "sync", "payroll", ("side", "source")).Edge("CONNECTS", "sync", "ledger"), "sync")).Data.Influenced.Select(Said));

    [Fact]
    public async Task An_ability_that_a_group_gives_counts_and_a_right_that_is_none_does_not()
    {
        Action<Facts.Lines> able = l => l.Workflow("offboarding").Service("robot").Node("operators", "Group").Node("maker", "Entitlement").Node("reader", "Entitlement").System("crm").System("erp")
            .Edge("RUNS_AS", "offboarding", "robot").Edge("MEMBER_OF", "robot", "operators").Edge("GRANTS", "operators", "maker").Edge("GRANTS", "operators", "reader")
            .Edge("CONFERS", "maker", "crm", ("capability", "provision"), ("maxLevel", "L2")).Edge("CONFERS", "reader", "erp", ("capability", "readData"));

        Assert.Equal(["crm 2", "robot 1"], (await Ask(Estate.Without(able, edge => edge.Kind == "GRANTS") + (l => l.Edge("HAS_ENTITLEMENT", "operators", "maker").Edge("HAS_ENTITLEMENT", "operators", "reader")), "offboarding")).Data.Influenced.Select(Said));
    }

    [Fact]
    public async Task What_nothing_is_known_of_says_so_instead_of_reading_as_harmless()
    {
        var answer = await Ask(l => l.Resource("wiki"), "wiki");

        Assert.Empty(answer.Data.Influenced);
        Assert.Contains("may not have been collected", Assert.Single(answer.Warnings), StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnknownIdentityException>(() => Ask(s_feed, "nobody"));
    }

    private static string Said(InfluencedAnswer one) => $"{one.Id} {one.Hops}{(one.Certainty == "Certain" ? "" : " possibly")}";

    private static async Task<Answer<InfluenceAnswer>> Ask(Action<Facts.Lines> facts, string source) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, facts)).InfluenceAsync(FactsStore.As(Estate.Day), [source], TestContext.Current.CancellationToken);
}
