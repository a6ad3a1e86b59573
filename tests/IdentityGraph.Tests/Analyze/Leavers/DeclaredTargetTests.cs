using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Leavers;

/// <summary>
/// What a leaver's event was declared to reach counts like what they were seen to have: nothing is clear until it is shown. Kim left on
/// 2025-06-01, the account at hand is disabled, and the question is asked on 2025-06-10.
/// </summary>
public sealed class DeclaredTargetTests
{
    private const string Today = "2025-06-10";

    [Fact]
    public void What_was_set_going_counts_though_the_engine_has_forgotten_it()
    {
        Assert.Equal(LeaverVerdict.Clear, Estate().Leaver("kim", Today).Verdict);
        var forgotten = Estate()
            .Run("flow", "2025-06-02", run => Leave(run).Node("wms", "System").Change("act", "wms").Complete("LifecycleEvent").Complete("ProvisioningAction").Complete("TARGETS").Complete("CAUSED_BY"))
            .Run("flow", "2025-06-05", run => run.Complete("LifecycleEvent").Complete("ProvisioningAction").Complete("TARGETS").Complete("CAUSED_BY"))
            .Leaver("kim", Today);
        Assert.Equal(LeaverVerdict.Unverified, forgotten.Verdict);
        Assert.Equal(RemovalState.Requested, forgotten.StateOf("wms"));
    }

    [Theory]
    [InlineData("mover", LeaverVerdict.Clear)]
    [InlineData("leaver", LeaverVerdict.Unverified)]
    [InlineData(null, LeaverVerdict.Unverified)] // nobody says what happened: it may be the leaving
    public void Of_an_event_of_another_kind_nothing_follows(string? kind, LeaverVerdict verdict)
    {
        var facts = Estate().Run("flow", "2025-06-02", run => run.Node("leave", "LifecycleEvent", kind is null ? [] : [("kind", kind)]).Edge("TARGETS", "leave", "kim").Node("wms", "System").Change("act", "wms"));
        Assert.Equal(verdict, facts.Leaver("kim", Today).Verdict);
    }

    [Theory]
    [InlineData("target", LeaverVerdict.Unverified)]
    [InlineData("source", LeaverVerdict.Clear)]
    public void The_map_of_a_workflow_that_leaving_starts_is_declared(string side, LeaverVerdict verdict)
    {
        var facts = Estate().Run("flow", "2025-06-02", run => Leave(run)
            .Node("offboard", "Workflow", ("state", "Active")).Edge("TRIGGERS", "leave", "offboard")
            .Node("sync", "Connector", ("state", "Active")).Edge("TRIGGERS", "offboard", "sync")
            .Node("wms", "System").Edge("CONNECTS", "sync", "wms", ("side", side)));
        Assert.Equal(verdict, facts.Leaver("kim", Today).Verdict);
    }

    [Theory]
    [InlineData(RunMode.Full, "2025-06-03", true, LeaverVerdict.Clear)]
    [InlineData(RunMode.Full, "2025-05-30", true, LeaverVerdict.Unverified)] // before they left
    [InlineData(RunMode.Delta, "2025-06-03", true, LeaverVerdict.Unverified)] // a delta lists what changed
    [InlineData(RunMode.Full, "2025-06-03", false, LeaverVerdict.Unverified)] // somebody who only mentions an account there does not list the system
    public void A_declared_system_is_shown_empty_of_them_by_a_whole_listing_of_the_source_that_reads_it(RunMode mode, string listed, bool readsState, LeaverVerdict verdict)
    {
        var facts = Estate()
            .Run("flow", "2025-05-29", run => Leave(run).Node("wms", "System").Change("act", "wms"))
            .Run(new RunHeader { Source = "wms", StartedAt = Facts.Instant(listed), Mode = mode }, run => run
                .Node("max@wms", "Account", readsState ? [("state", "Active")] : []).Edge("IN_SYSTEM", "max@wms", "wms").Complete("Account").Complete("IN_SYSTEM"));
        Assert.Equal(verdict, facts.Leaver("kim", Today).Verdict);
    }

    [Theory]
    [InlineData("Disabled", null, LeaverVerdict.Clear)]
    [InlineData("Active", null, LeaverVerdict.Unverified)] // nobody links it to them, but their leaving was to remove it
    [InlineData("Active", "max", LeaverVerdict.Clear)] // somebody else's
    public void An_account_that_their_leaving_was_to_remove_is_to_be_gone(string state, string? owner, LeaverVerdict verdict)
    {
        var facts = Estate()
            .Run("wms", "2025-06-03", run =>
            {
                run.Node("wms", "System").Node("k-17", "Account", ("state", state)).Edge("IN_SYSTEM", "k-17", "wms").Complete("Account").Complete("IN_SYSTEM").Complete("System");
                if (owner is not null)
                {
                    run.Node(owner, "Person").Edge("BELONGS_TO", "k-17", owner);
                }
            })
            .Run("flow", "2025-06-02", run => Leave(run).Change("act", "k-17"));
        var leaver = facts.Leaver("kim", Today);
        Assert.Equal(verdict, leaver.Verdict);
        Assert.Equal(verdict != LeaverVerdict.Clear, leaver.Unknown.Any(word => word.Contains("k-17", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_target_that_nobody_described_keeps_it_open_whatever_system_it_is_in()
    {
        var leaver = Estate().Run("flow", "2025-06-02", run => Leave(run).Change("act", "kim@somewhere", ("appliedAt", Facts.Instant("2025-06-02")))).Leaver("kim", Today);
        Assert.Equal(LeaverVerdict.Unverified, leaver.Verdict);
        Assert.Equal(RemovalState.Claimed, Assert.Single(leaver.Systems, system => system.System is null).Removal.State);
    }

    [Fact]
    public void What_was_asked_of_a_system_was_asked_of_the_account_in_it_but_not_by_somebody_elses_leaving()
    {
        Assert.Equal(RemovalState.Requested, Live(run => Leave(run).Change("act", "app")).StateOf("app"));
        Assert.Equal(RemovalState.NotStarted, Live(run => run.Node("leave", "LifecycleEvent", ("kind", "leaver")).Edge("TARGETS", "leave", "max").Node("max", "Person").Change("act", "app")).StateOf("app"));
    }

    [Theory]
    [InlineData("2025-06-02", RemovalState.Requested)] // said to be done, and read as live a day later
    [InlineData("2025-06-04", RemovalState.Claimed)]
    public void What_is_said_to_be_done_is_refuted_by_a_later_reading(string applied, RemovalState state) =>
        Assert.Equal(state, Live(run => Leave(run).Change("act", "kim@app", ("appliedAt", Facts.Instant(applied)))).StateOf("app"));

    [Fact]
    public void Nothing_found_by_a_source_that_only_tells_changes_is_not_clear()
    {
        Assert.Equal(LeaverVerdict.Clear, Accounts(RunMode.Full).Verdict);
        Assert.Equal(LeaverVerdict.Unverified, Accounts(RunMode.Delta).Verdict);

        static LeaverJudgement Accounts(RunMode mode) => Hr().Run(new RunHeader { Source = "app", StartedAt = Facts.Instant("2025-06-03"), Mode = mode }, run => run.Node("max@app", "Account", ("state", "Active")).Complete("Account")).Leaver("kim", Today);
    }

    [Fact]
    public void Who_has_no_engagement_in_what_only_tells_changes_may_have_left()
    {
        Assert.Equal(Truth.False, Engaged(RunMode.Full));
        Assert.Equal(Truth.Unknown, Engaged(RunMode.Delta));

        static Truth Engaged(RunMode mode)
        {
            var view = new Facts().Run(new RunHeader { Source = "hr", StartedAt = Facts.Instant("2025-06-03"), Mode = mode }, run => run.Node("kim", "Person").Person("max", null).Complete("Person").Complete("Employment").Complete("EMPLOYED_AS")).At(Today);
            return new Employments(view).IsLeaver(view.Find("kim")!.Value);
        }
    }

    private static Facts Hr() => new Facts().Run("hr", "2025-06-02", run => run.Person("kim", "2025-06-01").Complete("Person").Complete("Employment").Complete("EMPLOYED_AS"));

    private static Facts Estate() => Hr().Run("app", "2025-06-03", run => run.Node("app", "System").Account("kim@app", "kim", "app", "Disabled").Complete("Account").Complete("System").Complete("IN_SYSTEM").Complete("BELONGS_TO"));

    private static LeaverJudgement Live(Action<Facts.Lines> asked) =>
        Hr().Run("app", "2025-06-03", run => run.Node("app", "System").Account("kim@app", "kim", "app", "Active")).Run("flow", "2025-06-02", asked).Leaver("kim", Today);

    private static Facts.Lines Leave(Facts.Lines run) => run.Node("leave", "LifecycleEvent", ("kind", "leaver")).Edge("TARGETS", "leave", "kim");
}

internal static class Changes
{
    /// <summary>A removal that the event caused.</summary>
    public static Facts.Lines Change(this Facts.Lines run, string change, string target, params (string Name, object? Value)[] more) => run
        .Node(change, "ProvisioningAction", [("op", "deprovision"), ("requestedAt", Facts.Instant("2025-06-01")), .. more])
        .Edge("CAUSED_BY", change, "leave")
        .Edge("TARGETS", change, target);
}
