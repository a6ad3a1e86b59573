using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Clocks;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Blast radii whose time is up at once: each says what it left out, and none looks like an answer.</summary>
public sealed class RadiusBudgetTests
{
    private static readonly Action<Facts.Lines> s_facts = l => l.Key("key").Service("robot").Resource("db").Edge("AUTHENTICATES_AS", "key", "robot").Edge("ENTITLES", "robot", "db", ("level", "L2"));

    [Fact]
    public async Task One_radius_says_that_its_proofs_are_left_out()
    {
        var answer = await Spent().BlastRadiusAsync(Hurried, ["key"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("time budget: 2 of the nodes reached come without proof", answer.Truncated, StringComparison.Ordinal);
        Assert.All(answer.Data.Reached, node => Assert.Null(node.Proof));
    }

    [Fact]
    public async Task An_estimate_says_that_nobody_is_estimated()
    {
        var answer = await Spent().BlastRadiiAsync(Hurried, new BlastRadiiQuestion { Everybody = true, Approximate = true }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("time budget: none of the 1 identities is estimated; an estimate looks at all of them at once", answer.Truncated);
        Assert.Empty(answer.Data.Estimated);
    }

    [Fact]
    public async Task With_time_both_are_whole()
    {
        var unhurried = Hurried with { Budget = null };

        Assert.Null((await Spent().BlastRadiusAsync(unhurried, ["key"], cancellationToken: TestContext.Current.CancellationToken)).Truncated);
        Assert.Single((await Spent().BlastRadiiAsync(unhurried, new BlastRadiiQuestion { Everybody = true, Approximate = true }, cancellationToken: TestContext.Current.CancellationToken)).Data.Estimated);
    }

    private static Ask Hurried => FactsStore.As(Estate.Day) with { Budget = TimeSpan.FromHours(1) };

    private static Investigation Spent() => new(new FactsStore(Facts.Of(Estate.Day, s_facts)), new AnalysisPolicy(), new SpentTime());
}
