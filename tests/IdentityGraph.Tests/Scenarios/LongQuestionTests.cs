using IdentityGraph.Analyze.Mass;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Clocks;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// Every question about reach that may take long tells whoever watches how far it is out of how much, ends when its time is up and says
/// that more may be, and throws where it is cancelled. A robot comes to a vault in two ways; bob has left.
/// </summary>
public sealed class LongQuestionTests
{
    private const string Day = "2025-06-02";

    private static readonly Facts s_estate = Facts.Of(Day, l => OwnershipLattice.Employs(l, "bob", end: "2025-03-31")
        .Node("bob@ad", "Account", ("state", "Active")).Edge("BELONGS_TO", "bob@ad", "bob")
        .Key("key").Service("robot").Service("left").Service("right").Resource("vault")
        .Edge("AUTHENTICATES_AS", "key", "robot").Edge("CAN_ASSUME", "robot", "left").Edge("CAN_ASSUME", "robot", "right")
        .Edge("ENTITLES", "left", "vault", ("level", "L3")).Edge("ENTITLES", "right", "vault", ("level", "L3")));

    public static TheoryData<string> Questions => ["blast-radius --all", "path -k", "cuts", "choke-points", "exposure", "residue", "leaver --all", "findings", "orphans"];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Whoever_watches_is_told_how_far_it_is(string question)
    {
        var told = new Watcher();
        Assert.Null(await Ask(question, TimeProvider.System, null, told, TestContext.Current.CancellationToken));
        Assert.NotEmpty(told.Told);
        Assert.All(told.Told, static one => Assert.InRange(one.Done, 0, one.Of));
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task An_answer_whose_time_was_up_says_so(string question) =>
        Assert.Contains("time", await Ask(question, new SpentTime(), TimeSpan.FromTicks(1), new Watcher(), TestContext.Current.CancellationToken), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Whoever_cancels_gets_no_answer(string question)
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(question, TimeProvider.System, null, new Watcher(), cancelled.Token));
    }

    /// <summary>What the answer says was cut.</summary>
    private static async Task<string?> Ask(string question, TimeProvider time, TimeSpan? budget, Watcher watcher, CancellationToken cancellationToken)
    {
        var facade = new Investigation(new FactsStore(s_estate), new AnalysisPolicy(), time);
        var ask = FactsStore.As("2025-06-03") with { Budget = budget, Progress = watcher };
        return question switch
        {
            "blast-radius --all" => (await facade.BlastRadiiAsync(ask, new BlastRadiiQuestion { Everybody = true }, watcher, cancellationToken)).Truncated,
            "path -k" => (await facade.PathAsync(ask, new PathQuestion { From = "key", To = "vault", Count = 10 }, cancellationToken)).Truncated,
            "cuts" => (await facade.CutsAsync(ask, new CutsQuestion { From = ["key"], To = ["vault"] }, cancellationToken)).Truncated,
            "choke-points" => (await facade.ChokePointsAsync(ask, new ChokePointsQuestion { From = ["key"], To = ["vault"] }, cancellationToken)).Truncated,
            "exposure" => (await facade.ExposureAsync(ask, "vault", cancellationToken: cancellationToken)).Truncated,
            "residue" => (await facade.ResidueAsync(ask, ["key"], ["robot"], Facts.Instant("2025-06-03"), cancellationToken: cancellationToken)).Truncated,
            "leaver --all" => (await facade.LeaversAsync(ask, null, cancellationToken)).Truncated,
            "orphans" => (await facade.OrphansAsync(ask, cancellationToken: cancellationToken)).Truncated,
            _ => (await facade.FindingsAsync(ask, cancellationToken: cancellationToken)).Truncated,
        };
    }

    private sealed class Watcher : IProgress<AskProgress>, IProgress<MassProgress>
    {
        public List<(long Done, long Of)> Told { get; } = [];

        public void Report(AskProgress value) => Told.Add((value.Done, value.Of));

        public void Report(MassProgress value) => Told.Add((value.Done, value.All));
    }
}
