using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Two robots read a wiki, in which the key of a deployer lies; the deployer writes the ledger and the payroll, and one robot reads the payroll too.</summary>
public sealed class ChokePointsQuestionTests
{
    private static readonly Action<Facts.Lines> s_robots = l => l
        .Service("robot-1", ("state", "Active")).Service("robot-2", ("state", "Active")).Service("deployer", ("state", "Active"))
        .Resource("wiki").Resource("ledger", ("crownJewel", true)).Resource("payroll", ("crownJewel", true)).Resource("archive", ("crownJewel", true))
        .Key("key")
        .Edge("ENTITLES", "robot-1", "wiki", ("level", "L2")).Edge("ENTITLES", "robot-2", "wiki", ("level", "L2"))
        .Edge("STORED_IN", "key", "wiki").Edge("AUTHENTICATES_AS", "key", "deployer")
        .Edge("ENTITLES", "deployer", "ledger", ("level", "L3")).Edge("ENTITLES", "deployer", "payroll", ("level", "L3"))
        .Edge("ENTITLES", "robot-2", "payroll", ("level", "L2"));

    [Fact]
    public async Task Each_node_between_them_takes_away_what_is_attained_through_it_alone()
    {
        var data = (await Ask(s_robots, "robot-1", "robot-2")).Data;

        Assert.Equal("crown jewels 2 of 3", $"{data.Targets} {data.Attained} of {data.Asked}");
        Assert.Equal(["deployer 1 ledger", "key 1 ledger", "wiki 1 ledger"], data.ChokePoints.Select(Said));
        Assert.All(data.ChokePoints, static one => Assert.True(one.Verified && !one.IsStart));
        Assert.False(data.Others);
    }

    [Fact]
    public async Task Where_one_robot_starts_all_of_it_hangs_on_each_and_on_the_robot()
    {
        var data = (await Ask(s_robots, "robot-1")).Data;

        Assert.Equal(["deployer 2 ledger+payroll", "key 2 ledger+payroll", "robot-1 2 ledger+payroll", "wiki 2 ledger+payroll"], data.ChokePoints.Select(Said));
        Assert.Equal(["robot-1"], data.ChokePoints.Where(static one => one.IsStart).Select(static one => one.Id));
    }

    /// <summary>A second key in the wiki, of the same deployer: neither key is a choke point any more, the wiki and the deployer still are.</summary>
    [Fact]
    public async Task What_has_another_way_round_it_is_none()
    {
        Action<Facts.Lines> second = l => l.Key("key-2").Edge("STORED_IN", "key-2", "wiki").Edge("AUTHENTICATES_AS", "key-2", "deployer");

        var data = (await Ask(s_robots + second, "robot-1")).Data;

        Assert.Equal(["deployer", "robot-1", "wiki"], data.ChokePoints.Select(static one => one.Id));
    }

    /// <summary>The key is encrypted: who opens it needs the wiki and the store of what it is encrypted with, and each alone takes all away.</summary>
    [Fact]
    public async Task Of_two_things_needed_together_each_is_a_choke_point()
    {
        Action<Facts.Lines> locked = l => l.Resource("safe").Key("master", "encryptionKey")
            .Edge("STORED_IN", "master", "safe").Edge("ENCRYPTED_WITH", "key", "master").Edge("ENTITLES", "robot-1", "safe", ("level", "L2")).Edge("ENTITLES", "robot-2", "safe", ("level", "L2"));

        var data = (await Ask(s_robots + locked, "robot-1", "robot-2")).Data;

        Assert.Equal(["deployer 1 ledger", "key 1 ledger", "master 1 ledger", "safe 1 ledger", "wiki 1 ledger"], data.ChokePoints.Select(Said));
    }

    [Fact]
    public async Task Nothing_attained_needs_nothing_cut_and_several_ways_leave_no_single_one()
    {
        var none = await FactsStore.Ask(Facts.Of(Estate.Day, s_robots)).ChokePointsAsync(FactsStore.As(Estate.Day), new ChokePointsQuestion { From = ["robot-1"], To = ["archive"] }, TestContext.Current.CancellationToken);
        Assert.Contains(none.Warnings, static warning => warning.Contains("nothing needs cutting", StringComparison.Ordinal));

        var several = await FactsStore.Ask(Facts.Of(Estate.Day, s_robots)).ChokePointsAsync(FactsStore.As(Estate.Day), new ChokePointsQuestion { From = ["robot-1", "robot-2"], To = ["payroll"] }, TestContext.Current.CancellationToken);
        Assert.Empty(several.Data.ChokePoints);
        Assert.Contains(several.Warnings, static warning => warning.Contains("no single node", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_top_the_others_are_told_to_be_there()
    {
        var answer = await FactsStore.Ask(Facts.Of(Estate.Day, s_robots)).ChokePointsAsync(FactsStore.As(Estate.Day), new ChokePointsQuestion { From = ["robot-1"], Top = 2 }, TestContext.Current.CancellationToken);

        Assert.Equal(2, answer.Data.ChokePoints.Count);
        Assert.True(answer.Data.Others);
        await Assert.ThrowsAsync<UnknownIdentityException>(() => Ask(s_robots, "nobody"));
    }

    private static string Said(ChokePointAnswer one) => $"{one.Id} {one.TakesAway} {string.Join('+', one.Lost)}";

    private static async Task<Answer<ChokePointsAnswer>> Ask(Action<Facts.Lines> facts, params string[] from) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, facts)).ChokePointsAsync(FactsStore.As(Estate.Day), new ChokePointsQuestion { From = from }, TestContext.Current.CancellationToken);
}
