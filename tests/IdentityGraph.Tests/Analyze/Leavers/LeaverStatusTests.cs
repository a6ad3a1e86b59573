using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Leavers;

/// <summary>Who is a leaver, who is not, and who may be; and what changes no verdict.</summary>
public sealed class LeaverStatusTests
{
    private const string Today = "2025-06-10";

    [Fact]
    public void Leavers_and_those_who_may_be_are_listed_those_in_post_are_not()
    {
        var view = Vanished().At(Today);
        Assert.Equal(["gone", "vanished"], new IdentityGraph.Analyze.Leavers.Leavers(view, new AnalysisPolicy()).All().Select(person => person.Id));
        Assert.Equal(LeaverVerdict.NotALeaver, view.Leaver("here").Verdict);
    }

    [Fact]
    public void Whom_HR_no_longer_lists_may_have_left_and_every_path_is_only_possible()
    {
        var leaver = Vanished().Leaver("vanished", Today);
        Assert.Equal(Truth.Unknown, leaver.IsLeaver);
        Assert.Equal(["R1 Possible a1 vanished@app → board L2"], leaver.Lines());
        Assert.Equal(LeaverVerdict.Unverified, leaver.Verdict);
        Assert.Contains(leaver.Unknown, words => words.StartsWith("whether they left", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_no_source_is_fresh_nothing_is_clear()
    {
        var closed = Facts.Of("2025-06-02", run => run.Person("kim", "2025-06-01").Node("app", "System").Account("kim@app", "kim", "app", "Disabled", "local"));
        Assert.Equal(LeaverVerdict.Clear, closed.Leaver("kim", Today).Verdict);
        Assert.Equal(LeaverVerdict.Unverified, closed.Leaver("kim", "2026-06-02").Verdict);
    }

    [Fact]
    public void A_source_that_went_stale_still_shows_the_removal_but_proves_nothing_closed()
    {
        var facts = Facts.Of("2025-06-02", run => run.Person("kim", "2025-06-01").Node("app", "System").Account("kim@app", "kim", "app", "Disabled", "local"))
            .Run("other", "2025-09-30", run => run.Node("else", "System").Complete("System"));
        var leaver = facts.Leaver("kim", "2025-10-01");
        Assert.Equal(RemovalState.Verified, leaver.StateOf("app"));
        Assert.Equal(LeaverVerdict.Unverified, leaver.Verdict);
    }

    [Fact]
    public void A_leaver_of_whom_no_source_could_have_shown_an_account_is_not_clear()
    {
        var hrOnly = Facts.Of(Today, run => run.Person("kim", "2025-06-01"));
        Assert.Equal(LeaverVerdict.Unverified, hrOnly.Leaver("kim", Today).Verdict);
        var read = Facts.Of(Today, run => run.Person("kim", "2025-06-01").Person("max", null).Account("max@app", "max", "app"));
        Assert.Equal(LeaverVerdict.Clear, read.Leaver("kim", Today).Verdict);
    }

    [Fact]
    public void An_ambiguous_account_is_an_anchor_whose_paths_are_only_possible()
    {
        var leaver = Facts.Of(Today, run => run.Person("kim", "2025-06-01").Person("tim", null).Node("board", "Resource")
            .Account("k@app", "kim", "app", "Active", "local").Edge("BELONGS_TO", "k@app", "tim").Reads("k@app", "board")).Leaver("kim", Today);
        Assert.Equal(["R1 Possible a1 k@app → board L2"], leaver.Lines());
        Assert.Contains("whether account k@app is theirs", leaver.Unknown);
    }

    [Fact]
    public void Use_changes_no_verdict_and_neither_does_an_unrelated_estate()
    {
        var plain = Vanished().Leaver("gone", Today);
        var used = Vanished().Run("usage", Today, run => run
            .Node("gone@app", "Account", ("lastUsedAt", Facts.Instant("2025-06-09")))
            .Node("seen", "UsageObservation", ("count", 9), ("lastAt", Facts.Instant("2025-06-09"))).Edge("TARGETS", "seen", "gone@app"));
        var unrelated = Vanished().Run("elsewhere", Today, run => run
            .Person("zoe", "2025-05-01").Node("x", "System").Node("y", "Resource").Account("zoe@x", "zoe", "x", "Active", "local").Reads("zoe@x", "y", "L5")
            .Secret("z", "apiKey", "zoe@x", ("rotatedAt", null)).Edge("STORED_IN", "z", "y"));
        foreach (var other in new[] { used, unrelated }.Select(facts => facts.Leaver("gone", Today)))
        {
            Assert.Equal(plain.Verdict, other.Verdict);
            Assert.Equal(plain.Lines(), other.Lines());
            Assert.Equal(plain.Unknown, other.Unknown);
            Assert.Equal(plain.Systems.Select(system => (system.System?.Id, system.Removal.State)), other.Systems.Select(system => (system.System?.Id, system.Removal.State)));
        }
    }

    [Fact]
    public void Asked_together_or_alone_each_leaver_gets_the_same_answer()
    {
        var view = Vanished().At(Today);
        var leavers = new IdentityGraph.Analyze.Leavers.Leavers(view, new AnalysisPolicy());
        foreach (var judged in leavers.Of([.. leavers.All()], TestContext.Current.CancellationToken))
        {
            var alone = view.Leaver(judged.Person.Id);
            Assert.Equal((alone.Verdict, alone.Class, alone.LeaverAt), (judged.Verdict, judged.Class, judged.LeaverAt));
            Assert.Equal(alone.Lines(), judged.Lines());
        }
    }

    /// <summary>gone has left; here is in post; vanished is missing from a complete reading of HR.</summary>
    private static Facts Vanished() => new Facts()
        .Run("hr", "2025-06-01", run => Complete(run.Person("gone", "2025-06-01").Person("here", null).Person("vanished", null)))
        .Run("hr", "2025-06-09", run => Complete(run.Person("gone", "2025-06-01").Person("here", null)))
        .Run("app", Today, run => Complete(run.Node("app", "System").Node("board", "Resource").Edge("IN_SYSTEM", "board", "app")
            .Account("gone@app", "gone", "app", "Active", "local").Reads("gone@app", "board")
            .Account("vanished@app", "vanished", "app", "Active", "local").Reads("vanished@app", "board")
            .Account("here@app", "here", "app", "Active", "local").Reads("here@app", "board")));

    private static Facts.Lines Complete(Facts.Lines run)
    {
        foreach (var stream in run.All.Select(line => line is IdentityGraph.Collect.Observation.SawNode node ? node.Kind! : ((IdentityGraph.Collect.Observation.SawEdge)line).Kind).Distinct().ToList())
        {
            run.Complete(stream);
        }

        return run;
    }
}
