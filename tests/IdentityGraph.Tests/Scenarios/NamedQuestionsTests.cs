using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>What an integration made, and what that made; and who may still do much and does nothing.</summary>
public sealed class NamedQuestionsTests
{
    private static readonly Action<Facts.Lines> s_made = l => l
        .Connector("sync").Service("bot").Account("helper").Node("item", "ReviewItem", ("decision", "keep")).Node("ann", "Person")
        .Node("job", "Employment", ("startAt", "2020-01-01"), ("status", "active")).Edge("EMPLOYED_AS", "ann", "job")
        .Edge("SPAWNED", "sync", "bot").Edge("SPAWNED", "bot", "helper").Edge("REVIEWS", "item", "helper").Edge("BELONGS_TO", "helper", "ann");

    [Fact]
    public async Task What_it_made_and_what_that_made_stand_below_each_other_with_who_answers_and_whether_anybody_looked()
    {
        var bot = Assert.Single((await Ask(s_made, "sync")).Data.Children);
        var helper = Assert.Single(bot.Children);

        Assert.Equal(("bot", "sync", "ServiceIdentity"), (bot.Id, bot.By, bot.Kind));
        Assert.NotEqual("True", bot.Reviewed);
        Assert.Equal(("helper", "bot", "ann", "True"), (helper.Id, helper.By, helper.Owner, helper.Reviewed));
        Assert.Empty(helper.Children);
    }

    [Fact]
    public async Task What_makes_each_other_is_told_once_and_not_for_ever()
    {
        var answer = await Ask(s_made + (l => l.Edge("SPAWNED", "helper", "bot")), "sync");

        Assert.Equal(["bot"], answer.Data.Children[0].Children[0].Children.Select(child => child.Id));
        Assert.Empty(answer.Data.Children[0].Children[0].Children[0].Children);
        Assert.Null(answer.Truncated);
    }

    [Fact]
    public async Task What_made_nothing_that_is_known_says_so()
    {
        var answer = await Ask(s_made, "helper");

        Assert.Empty(answer.Data.Children);
        Assert.Contains(answer.Warnings, warning => warning.Contains("no fact says that `helper` made anything", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_administers_and_does_nothing_stands_above_who_reads_and_does_nothing_and_who_is_at_work_not_at_all()
    {
        Action<Facts.Lines> idle = l => l
            .Account("reader", ("lastUsedAt", "2024-01-01T00:00:00Z")).Account("admin", ("lastUsedAt", "2024-06-01T00:00:00Z")).Account("busy", ("lastUsedAt", "2025-06-01T00:00:00Z")).Account("silent")
            .Resource("board").Node("open", "ReviewItem", ("decision", null)).Edge("REVIEWS", "open", "admin")
            .Edge("ENTITLES", "reader", "board", ("level", "L2")).Edge("ENTITLES", "admin", "board", ("level", "L5")).Edge("ENTITLES", "busy", "board", ("level", "L5")).Edge("ENTITLES", "silent", "board", ("level", "L5"));
        var answer = await FactsStore.Ask(Facts.Of(Estate.Day, idle)).DormantAsync(FactsStore.As(Estate.Day), TestContext.Current.CancellationToken);

        Assert.Equal(["admin L5 Open", "reader L2 "], answer.Data.Ranked.Select(one => $"{one.Id} {one.Level} {one.ReviewItem?.State}"));
        Assert.Contains(answer.Warnings, warning => warning.StartsWith("of 1 of 4 identities", StringComparison.Ordinal));
    }

    private static async Task<Answer<SpawnedAnswer>> Ask(Action<Facts.Lines> facts, string id) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, facts)).SpawnedAsync(FactsStore.As(Estate.Day), id, TestContext.Current.CancellationToken);
}
