using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Kim writes to a host and no more; what runs on the host runs as a robot, and only who uses or administers the host becomes it.</summary>
public sealed class TooSmallRightTests
{
    [Fact]
    public async Task Where_the_way_ends_with_too_small_a_right_it_says_which_right_would_do()
    {
        var answer = await Ask("L3", leadsOn: true);

        Assert.Equal("False", answer.Data.Reached);
        Assert.Equal("`host` is attained with DRW only; with U or A it would lead to `robot`", answer.Data.Because);
    }

    [Fact]
    public async Task Where_no_right_on_it_would_do_nothing_leads_there() =>
        Assert.StartsWith("no facts", (await Ask("L3", leadsOn: false)).Data.Because, StringComparison.Ordinal);

    [Fact]
    public async Task Where_the_right_is_enough_it_is_reached() => Assert.Equal("True", (await Ask("L5", leadsOn: true)).Data.Reached);

    private static async Task<Answer<WhyNotAnswer>> Ask(string level, bool leadsOn) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, l =>
        {
            l.Account("kim").Resource("host").Service("robot").Edge("ENTITLES", "kim", "host", ("level", level));
            _ = leadsOn ? l.Edge("RUNS_AS", "host", "robot") : l;
        })).WhyNotAsync(FactsStore.As(Estate.Day), "kim", "robot", TestContext.Current.CancellationToken);
}
