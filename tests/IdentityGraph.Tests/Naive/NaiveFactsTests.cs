using System.Text.Json.Nodes;
using static IdentityGraph.Tests.Naive.NaiveStory;

namespace IdentityGraph.Tests.Naive;

/// <summary>What exists, what holds and which value is believed, worked out by hand from the rules of time and evidence.</summary>
public sealed class NaiveFactsTests
{
    private static readonly NaiveEdge Membership = new("MEMBER_OF", "kim", "admins");

    private static NaiveView At(string day, params IReadOnlyList<JsonObject>[] runs) => new(new NaiveFacts(runs, Day("2030-01-01")), Day(day));

    private static string Kim(string state = "Active", string? from = null, string? grade = null) => Node("kim", "Account", $"'state':'{state}'", from, grade: grade);

    [Theory]
    [InlineData("2025-02-28", null)]   // before it was first seen nobody looked
    [InlineData("2025-03-01", true)]
    [InlineData("2025-03-05", null)]   // it ended somewhere between the last sight, that moment included, and the run that missed it
    [InlineData("2025-03-10", false)]
    public void A_node_that_a_complete_run_lacks_has_ended_between_its_last_sight_and_that_run(string day, bool? exists) =>
        Assert.Equal(exists, At(day, Run("okta", "2025-03-01", Kim()), Run("okta", "2025-03-05", Kim()), Run("okta", "2025-03-10", End("Account"))).Exists("kim"));

    [Fact]
    public void A_run_that_was_cut_short_ends_nothing() =>
        Assert.True(At("2025-03-11", Run("okta", "2025-03-01", Kim()), Partial("okta", "2025-03-10", Node("lee", "Account"))).Exists("kim"));

    [Fact]
    public void A_delta_that_was_read_to_its_end_ends_nothing() =>
        Assert.True(At("2025-03-11", Run("okta", "2025-03-01", Kim()), Delta("okta", "2025-03-10", End("Account"))).Exists("kim"));

    [Fact]
    public void What_was_seen_but_could_not_be_read_is_still_there() =>
        Assert.True(At("2025-03-11", Run("okta", "2025-03-01", Kim()), Run("okta", "2025-03-10", Seen("kim", "Account"))).Exists("kim"));

    [Theory]
    [InlineData("2025-03-01", false)]  // an earlier complete run lacked it
    [InlineData("2025-03-02", null)]
    [InlineData("2025-03-05", true)]
    public void A_beginning_nobody_stated_lies_after_the_run_that_lacked_it(string day, bool? holds) =>
        Assert.Equal(holds, At(day, Run("okta", "2025-03-01", End("MEMBER_OF")), Run("okta", "2025-03-05", Edge("MEMBER_OF", "kim", "admins"))).Truth(Membership));

    [Theory]
    [InlineData("instant", false)]
    [InlineData("observed", null)]
    public void A_beginning_that_was_only_observed_is_no_beginning(string precision, bool? holds) => Assert.Equal(holds, At(
        "2025-02-01", Run("okta", "2025-03-05", Edge("MEMBER_OF", "kim", "admins", from: "2025-03-01").Replace("'from'", $"'precision':'{precision}','from'"))).Truth(Membership));

    [Theory]
    [InlineData("2025-01-31", false)]
    [InlineData("2025-02-01", true)]
    [InlineData("2025-03-01", false)]
    public void An_interval_that_is_stated_is_half_open(string day, bool? holds) =>
        Assert.Equal(holds, At(day, Run("okta", "2025-03-05", Edge("MEMBER_OF", "kim", "admins", "", "2025-02-01", "2025-03-01"))).Truth(Membership));

    [Theory]
    [InlineData("2025-02-20", null)]   // nobody said when it began
    [InlineData("2025-02-27", null)]
    [InlineData("2025-02-28", false)]
    public void An_end_without_a_beginning_is_unknown_before_and_false_after(string day, bool? holds) =>
        Assert.Equal(holds, At(day, Delta("okta", "2025-03-05", Edge("MEMBER_OF", "kim", "admins", until: "2025-02-28"))).Truth(Membership));

    [Theory]
    [InlineData("2025-03-09", null)]   // the run that lacked it, to its next reading
    [InlineData("2025-03-19", null)]
    [InlineData("2025-03-20", true)]
    public void What_reappears_is_unknown_until_it_is_read_again_whatever_beginning_that_states(string day, bool? holds) =>
        Assert.Equal(holds, At(
            day,
            Run("okta", "2025-03-01", Edge("MEMBER_OF", "kim", "admins", from: "2025-01-01")),
            Run("okta", "2025-03-10", End("MEMBER_OF")),
            Run("okta", "2025-03-20", Edge("MEMBER_OF", "kim", "admins", from: "2025-01-01"))).Truth(Membership));

    [Fact]
    public void Old_properties_are_not_carried_over_a_reappearance()
    {
        var view = At(
            "2025-03-21",
            Run("okta", "2025-03-01", Node("kim", "Account", "'state':'Active','mfa':true")),
            Run("okta", "2025-03-10", End("Account")),
            Run("okta", "2025-03-20", Node("kim", "Account", "'state':'Active'")));
        Assert.Equal(NaiveSaid.NotReported, view.Of("kim", "mfa").Said);
    }

    [Fact]
    public void An_edge_holds_while_any_source_that_asserted_it_does()
    {
        var okta = Run("okta", "2025-03-01", Edge("MEMBER_OF", "kim", "admins"));
        var closed = Run("okta", "2025-03-10", End("MEMBER_OF"));
        Assert.True(At("2025-03-11", okta, Run("hr", "2025-03-02", Edge("MEMBER_OF", "kim", "admins")), closed).Truth(Membership));
        Assert.False(At("2025-03-11", okta, closed).Truth(Membership));
    }

    [Fact]
    public void A_node_ends_by_the_source_that_reads_its_state_not_by_one_that_mentions_it()
    {
        var mentioned = Run("hr", "2025-03-01", Node("kim", "Account"));
        Assert.True(At("2025-03-11", Run("okta", "2025-03-01", Kim()), mentioned, Run("hr", "2025-03-10", End("Account"))).Exists("kim"));
        Assert.False(At("2025-03-11", Run("okta", "2025-03-01", Kim()), mentioned, Run("okta", "2025-03-10", End("Account"))).Exists("kim"));
    }

    [Theory]
    [InlineData("TicketRecord", null)]
    [InlineData("SystemState", false)]
    public void An_end_below_system_state_is_a_claim(string grade, bool? holds) =>
        Assert.Equal(holds, At(
            "2025-03-11",
            Run("okta", "2025-03-01", Edge("MEMBER_OF", "kim", "admins")),
            Delta("okta", "2025-03-10", Edge("MEMBER_OF", "kim", "admins", until: "2025-03-09", grade: grade))).Truth(Membership));

    [Fact]
    public void A_claimed_end_is_void_where_the_system_still_shows_it_afterwards() =>
        Assert.True(At(
            "2025-03-20",
            Run("okta", "2025-03-01", Edge("MEMBER_OF", "kim", "admins")),
            Delta("okta", "2025-03-10", Edge("MEMBER_OF", "kim", "admins", until: "2025-03-09", grade: "TicketRecord")),
            Run("okta", "2025-03-12", Edge("MEMBER_OF", "kim", "admins"))).Truth(Membership));

    [Theory]
    [InlineData("2027-03-01", true)]   // exactly twice the interval is not past it
    [InlineData("2027-03-02", null)]
    public void What_no_fresh_run_shows_is_unknown(string day, bool? exists) =>
        Assert.Equal(exists, At(day, Run("okta", "2025-03-01", Kim())).Exists("kim"));

    [Fact]
    public void A_dead_state_stays_when_its_source_is_stale()
    {
        var view = At("2027-03-02", Run("okta", "2025-03-01", Kim("Disabled")));
        Assert.Equal("Disabled", view.Of("kim", "state").Text);
        Assert.Equal(NaiveSaid.Unknown, At("2027-03-02", Run("okta", "2025-03-01", Kim())).Of("kim", "state").Said);
    }

    [Fact]
    public void A_later_weaker_word_that_differs_makes_a_protective_value_unknown()
    {
        var read = Run("okta", "2025-03-01", Kim());
        Assert.Equal(NaiveSaid.Unknown, At("2025-03-11", read, Run("tickets", "2025-03-10", Kim("Disabled", grade: "TicketRecord"))).Of("kim", "state").Said);
        Assert.Equal("Active", At("2025-03-11", read, Run("tickets", "2025-02-10", Kim("Disabled", grade: "TicketRecord"))).Of("kim", "state").Text);
        Assert.Equal("Active", At("2025-03-11", read, Run("tickets", "2025-03-10", Kim("Active", grade: "TicketRecord"))).Of("kim", "state").Text);
    }

    [Fact]
    public void Two_words_of_one_grade_and_time_that_differ_leave_the_value_unknown()
    {
        Assert.Equal(NaiveSaid.Unknown, At("2025-03-11", Run("okta", "2025-03-01", Kim()), Run("entra", "2025-03-01", Kim("Disabled"))).Of("kim", "state").Said);
        Assert.Equal("Disabled", At("2025-03-11", Run("okta", "2025-03-01", Kim()), Run("entra", "2025-03-02", Kim("Disabled"))).Of("kim", "state").Text);
    }

    [Fact]
    public void An_ordinary_value_is_the_latest_whatever_its_grade()
    {
        var view = At(
            "2025-03-11",
            Run("okta", "2025-03-01", Node("kim", "Account", "'name':'Kim'")),
            Run("hr", "2025-03-10", Node("kim", "Account", "'name':'Kim P.'", grade: "Attestation")));
        Assert.Equal("Kim P.", view.Of("kim", "name").Text);
    }

    [Fact]
    public void A_state_revision_holds_from_its_own_moment()
    {
        IReadOnlyList<JsonObject>[] runs = [Run("okta", "2025-03-01", Kim("Active", "2025-01-01")), Run("okta", "2025-03-10", Kim("Disabled", "2025-03-05"))];
        Assert.Equal("Active", At("2025-03-04", runs).Of("kim", "state").Text);
        Assert.Equal("Disabled", At("2025-03-05", runs).Of("kim", "state").Text);
    }

    [Fact]
    public void What_was_recorded_later_is_not_known()
    {
        var runs = new[] { Run("okta", "2025-03-01", Kim()), Run("okta", "2025-03-10", End("Account")) };
        Assert.True(new NaiveView(new NaiveFacts(runs, Day("2025-03-09")), Day("2025-03-11")).Exists("kim"));
        Assert.False(new NaiveView(new NaiveFacts(runs, Day("2025-03-10")), Day("2025-03-11")).Exists("kim"));
    }

    [Fact]
    public void An_end_that_nobody_described_is_a_placeholder()
    {
        var view = At("2025-03-02", Run("okta", "2025-03-01", Edge("MEMBER_OF", "kim", "admins"), Kim()));
        Assert.True(view.Facts.IsPlaceholder("admins"));
        Assert.False(view.Exists("admins"));
        Assert.False(view.Facts.IsPlaceholder("kim"));
    }
}
