using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>A ranking is by what is certain, and says whom it leaves off who may reach more.</summary>
public sealed class RankingTests
{
    /// <summary>The certain bot reaches one thing; of the doubtful one nobody knows whether it is enabled, and it has two.</summary>
    private static readonly Action<Facts.Lines> s_facts = l => l
        .Service("certain").Node("doubtful", "ServiceIdentity", ("state", "Unknown")).Resource("db").Resource("wiki").Resource("vault")
        .Edge("ENTITLES", "certain", "db", ("level", "L2")).Edge("ENTITLES", "doubtful", "wiki", ("level", "L2")).Edge("ENTITLES", "doubtful", "vault", ("level", "L2"));

    [Fact]
    public async Task Whoever_may_reach_more_is_named_where_the_list_ends_before_them()
    {
        Assert.Equal(
            ["1 that --top leaves off may reach more than any that is listed, `doubtful` up to 2 nodes: the order is by what is certain"],
            (await Rank(1)).Warnings);
        Assert.Empty((await Rank(2)).Warnings);
        Assert.Empty((await Rank(null)).Warnings);
    }

    private static async Task<Answer<BlastRadiiAnswer>> Rank(int? top) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, s_facts)).BlastRadiiAsync(FactsStore.As(Estate.Day), new BlastRadiiQuestion { Everybody = true, Top = top }, cancellationToken: TestContext.Current.CancellationToken);
}
