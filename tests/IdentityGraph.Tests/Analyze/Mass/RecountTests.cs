using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Mass;

/// <summary>
/// The release bot may assume the deploy bot, which reads the ledger. One edge is cut: only who had no other way to what it gave is
/// counted again.
/// </summary>
public sealed class RecountTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_has_no_other_way_loses_the_ledger(bool isKnown)
    {
        var again = WithoutLedgerOfDeploy(isKnown, ownWay: null);

        Assert.Equal([0, 1], again.Keys.Order());
        Assert.Equal((1, 0, 0.0), (again[0].NodesIn(Cell.CertainDirect), again[1].NodesIn(Cell.CertainDirect), again[1].Raw));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_reads_it_otherwise_is_not_counted_again(bool isKnown) =>
        Assert.Equal([1], WithoutLedgerOfDeploy(isKnown, ownWay: "L2").Keys);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_may_do_less_otherwise_is(bool isKnown)
    {
        var again = WithoutLedgerOfDeploy(isKnown, ownWay: "L1");

        Assert.Equal([0, 1], again.Keys.Order());

        // The ledger, of criticality 2, may still be discovered: 0.1 of it, and the deploy bot is still assumed.
        Assert.Equal((2, 0.2), (again[0].NodesIn(Cell.CertainDirect), Math.Round(again[0].Raw, 9)));
    }

    /// <summary>By number: the release bot, the deploy bot, a bot of its own.</summary>
    private static IReadOnlyDictionary<int, ReachSummary> WithoutLedgerOfDeploy(bool isKnown, string? ownWay)
    {
        var view = Facts.Of("2025-06-02", run =>
        {
            foreach (var bot in (string[])["release", "deploy", "backup"])
            {
                run.Node(bot, "ServiceIdentity", ("state", "Active"));
            }

            run.Node("ledger", "Resource", ("criticality", 2)).Node("archive", "Resource", ("criticality", 2))
                .Edge("CAN_ASSUME", "release", "deploy")
                .Edge("ENTITLES", "deploy", "ledger", ("level", "L2"))
                .Edge("ENTITLES", "backup", "archive", ("level", "L2"));
            if (ownWay is not null)
            {
                run.Edge("ENTITLES", "release", "ledger", ("level", ownWay));
            }
        }).At("2025-06-02");
        var control = ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer);
        List<IReadOnlyList<Seed>> starts = [.. ((string[])["release", "deploy", "backup"]).Select(bot => Seeding.Of(view.Find(bot)!.Value, control.Liveness))];
        var counted = MassReach.Of(control, starts, new MassOptions(), TestContext.Current.CancellationToken);
        var edge = Enumerable.Range(0, view.EdgeCount).Single(index => (view.EdgeAt(index).Of.Id, view.EdgeAt(index).To.Id) is ("deploy", "ledger"));

        return MassRecount.Of(control, starts, isKnown ? counted.Summaries : null, TestContext.Current.CancellationToken).Without(new HashSet<int> { edge }, cancellationToken: TestContext.Current.CancellationToken);
    }
}
