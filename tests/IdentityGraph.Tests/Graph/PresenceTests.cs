using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Graph;

/// <summary>What exists and what holds, when: intervals, absence in complete runs, ends stated, returns.</summary>
public sealed class PresenceTests
{
    private static Truth Kim(GraphView view) => view.Find("kim")!.Value.Present;

    private static Truth Membership(GraphView view)
    {
        var edges = view.Find("kim")!.Value.Out(EdgeKinds.MemberOf);
        Assert.Equal(1, edges.Count);
        return edges[0].Holds;
    }

    private static Facts KimIsRead(params string[] days) =>
        days.Aggregate(new Facts(), (facts, day) => facts.Run("okta", day, run => run.Node("kim", "Account", ("state", "Active")).Complete("Account")));

    [Theory]
    [InlineData("2025-02-28T23:59:59Z", Truth.Unknown)] // before it was first seen nobody looked
    [InlineData("2025-03-01", Truth.True)]
    [InlineData("2025-03-05", Truth.Unknown)] // it ended somewhere between the last sight and the run that missed it
    [InlineData("2025-03-09T23:59:59Z", Truth.Unknown)]
    [InlineData("2025-03-10", Truth.False)]
    public void A_node_that_a_complete_run_lacks_ended_between_its_last_sight_and_that_run(string day, Truth present) =>
        Assert.Equal(present, Kim(KimIsRead("2025-03-01", "2025-03-05").Run("okta", "2025-03-10", run => run.Complete("Account")).At(day)));

    [Fact]
    public void A_run_that_was_cut_short_ends_nothing()
    {
        var facts = KimIsRead("2025-03-01");
        Assert.Equal(Truth.True, Kim(facts.Run("okta", "2025-03-10", run => run.Incomplete("Account")).At("2025-03-11")));
        Assert.Equal(Truth.False, Kim(facts.Run("okta", "2025-03-12", run => run.Complete("Account")).At("2025-03-13")));
    }

    [Fact]
    public void A_partial_run_ends_nothing_even_where_a_stream_says_it_was_complete()
    {
        var header = new RunHeader { Source = "okta", StartedAt = Facts.Instant("2025-03-10") };
        Assert.Equal(Truth.True, Kim(KimIsRead("2025-03-01").Run(header, run => run.Complete("Account"), new RunOutcome(Partial: true)).At("2025-03-11")));
    }

    [Fact]
    public void A_delta_that_was_read_to_its_end_ends_nothing() =>
        Assert.Equal(Truth.True, Kim(KimIsRead("2025-03-01").Delta("okta", "2025-03-10", run => run.Complete("Account")).At("2025-03-11")));

    [Fact]
    public void What_was_seen_but_could_not_be_read_is_still_there() =>
        Assert.Equal(Truth.True, Kim(KimIsRead("2025-03-01").Run("okta", "2025-03-10", run => run.Seen("kim", "Account").Complete("Account")).At("2025-03-11")));

    [Theory]
    [InlineData("2025-01-31", Truth.False)]
    [InlineData("2025-02-01", Truth.True)]
    [InlineData("2025-02-28", Truth.True)]
    [InlineData("2025-03-01", Truth.False)]
    public void An_interval_that_is_stated_is_half_open(string day, Truth holds) =>
        Assert.Equal(holds, Membership(new Facts().Run("okta", "2025-03-05", run => run.Edge("MEMBER_OF", "kim", "admins").With("2025-02-01", "2025-03-01")).At(day)));

    [Theory]
    [InlineData("2025-03-01", Truth.False)] // an earlier complete run lacked it
    [InlineData("2025-03-02", Truth.Unknown)]
    [InlineData("2025-03-05", Truth.True)]
    public void A_beginning_nobody_stated_lies_after_the_run_that_lacked_it(string day, Truth holds) =>
        Assert.Equal(holds, Membership(new Facts()
            .Run("okta", "2025-03-01", run => run.Complete("MEMBER_OF"))
            .Run("okta", "2025-03-05", run => run.Edge("MEMBER_OF", "kim", "admins").Complete("MEMBER_OF"))
            .At(day)));

    [Theory]
    [InlineData("2025-02-20", Truth.Unknown)]
    [InlineData("2025-02-28", Truth.False)]
    public void An_end_without_a_beginning_is_unknown_before_and_false_after(string day, Truth holds) =>
        Assert.Equal(holds, Membership(new Facts().Delta("okta", "2025-03-05", run => run.Edge("MEMBER_OF", "kim", "admins").With(until: "2025-02-28")).At(day)));

    [Theory]
    [InlineData("2025-02-27", Truth.True)]
    [InlineData("2025-02-28", Truth.False)]
    public void A_removal_ends_what_began_before_it(string day, Truth holds) =>
        Assert.Equal(holds, Membership(new Facts()
            .Run("okta", "2025-02-01", run => run.Edge("MEMBER_OF", "kim", "admins"))
            .Delta("okta", "2025-03-05", run => run.Edge("MEMBER_OF", "kim", "admins").With(until: "2025-02-28"))
            .At(day)));

    [Fact]
    public void A_removal_does_not_end_what_was_read_after_it() =>
        Assert.Equal(Truth.True, Membership(new Facts()
            .Delta("okta", "2025-02-10", run => run.Edge("MEMBER_OF", "kim", "admins").With(until: "2025-02-09"))
            .Run("okta", "2025-03-01", run => run.Edge("MEMBER_OF", "kim", "admins"))
            .At("2025-03-02")));

    [Theory]
    [InlineData("2025-03-09", Truth.Unknown)]
    [InlineData("2025-03-19", Truth.Unknown)]
    [InlineData("2025-03-20", Truth.True)]
    public void What_reappears_is_unknown_until_it_is_read_again_whatever_beginning_that_states(string day, Truth holds) =>
        Assert.Equal(holds, Membership(new Facts()
            .Run("okta", "2025-03-01", run => run.Edge("MEMBER_OF", "kim", "admins").With("2025-01-01"))
            .Run("okta", "2025-03-10", run => run.Complete("MEMBER_OF"))
            .Run("okta", "2025-03-20", run => run.Edge("MEMBER_OF", "kim", "admins").With("2025-01-01"))
            .At(day)));

    [Theory]
    [InlineData("2025-03-11", Truth.Unknown)] // the third reading says since when its values hold; nobody had read it again by then
    [InlineData("2025-03-15", Truth.Unknown)]
    [InlineData("2025-03-20", Truth.True)]
    public void A_later_beginning_stated_after_a_return_does_not_reach_back_before_it(string day, Truth present) =>
        Assert.Equal(present, Kim(KimIsRead("2025-03-01")
            .Run("okta", "2025-03-10", run => run.Complete("Account"))
            .Run("okta", "2025-03-20", run => run.Node("kim", "Account", ("state", "Active")).Complete("Account"))
            .Run("okta", "2025-03-25", run => run.Node("kim", "Account", ("state", "Active"), ("mfa", true)).With("2025-03-11").Complete("Account"))
            .At(day)));

    [Theory]
    [InlineData("2025-03-02", Known.Value)]
    [InlineData("2025-03-06", Known.Disputed)] // seen since, and not read: what it said then nobody knows
    [InlineData("2025-03-10", Known.Value)]
    [InlineData("2025-03-16", Known.Disputed)]
    public void Between_a_sight_that_could_not_be_read_and_the_next_reading_its_values_are_unknown(string day, Known state)
    {
        var kim = KimIsRead("2025-03-01")
            .Run("okta", "2025-03-05", run => run.Seen("kim", "Account").Complete("Account"))
            .Run("okta", "2025-03-10", run => run.Node("kim", "Account", ("state", "Active")).Complete("Account"))
            .Run("okta", "2025-03-15", run => run.Seen("kim", "Account").Complete("Account"))
            .At(day).Find("kim")!.Value;
        Assert.Equal((Truth.True, state), (kim.Present, kim[Properties.State].Known));
    }

    [Fact]
    public void An_edge_holds_while_any_source_that_asserted_it_does()
    {
        var facts = new Facts()
            .Run("okta", "2025-03-01", run => run.Edge("MEMBER_OF", "kim", "admins"))
            .Run("hr", "2025-03-02", run => run.Edge("MEMBER_OF", "kim", "admins"))
            .Run("okta", "2025-03-10", run => run.Complete("MEMBER_OF"));
        Assert.Equal(Truth.True, Membership(facts.At("2025-03-11")));
        Assert.Equal(Truth.False, Membership(facts.Run("hr", "2025-03-11", run => run.Complete("MEMBER_OF")).At("2025-03-12")));
    }

    [Fact]
    public void A_node_ends_by_the_source_that_reads_its_state_not_by_one_that_mentions_it()
    {
        var facts = KimIsRead("2025-03-01").Run("hr", "2025-03-01", run => run.Node("kim", "Account"));
        Assert.Equal(Truth.True, Kim(facts.Run("hr", "2025-03-10", run => run.Complete("Account")).At("2025-03-11")));
        Assert.Equal(Truth.False, Kim(facts.Run("okta", "2025-03-12", run => run.Complete("Account")).At("2025-03-13")));
    }

    [Fact]
    public void What_was_recorded_later_is_not_known()
    {
        var facts = KimIsRead("2025-03-01").Run("okta", "2025-03-10", run => run.Complete("Account"));
        Assert.Equal(Truth.True, Kim(facts.At("2025-03-11", asKnownAt: "2025-03-09")));
        Assert.Equal(Truth.False, Kim(facts.At("2025-03-11", asKnownAt: "2025-03-10")));
    }

    [Fact]
    public void An_end_of_an_edge_that_nobody_described_is_a_placeholder()
    {
        var view = new Facts().Run("okta", "2025-03-01", run => run.Edge("MEMBER_OF", "kim", "admins").Node("kim", "Account")).At("2025-03-02");
        var admins = view.Find("admins")!.Value;
        Assert.True(admins.IsPlaceholder);
        Assert.Equal((NodeKinds.Unknown, Truth.False), (admins.Kind, admins.Present));
        Assert.False(view.Find("kim")!.Value.IsPlaceholder);
        Assert.Null(view.Find("nobody"));
    }

    [Theory]
    [InlineData("2025-04-30", Truth.True)] // exactly twice the interval is not past it
    [InlineData("2025-04-30T00:00:01Z", Truth.Unknown)]
    public void What_no_fresh_run_shows_is_unknown(string day, Truth present) => Assert.Equal(present, Kim(KimIsRead("2025-03-01").At(day)));
}
