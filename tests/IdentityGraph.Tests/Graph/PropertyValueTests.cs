using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Graph;

/// <summary>Which value holds, and whether anybody knows.</summary>
public sealed class PropertyValueTests
{
    private static Reading Of(GraphView view, Property property) => view.Find("kim")!.Value[property];

    private static Facts Says(Facts facts, string source, string day, string state, EvidenceGrade grade = EvidenceGrade.SystemState) =>
        facts.Run(source, day, run => run.Node("kim", "Account", ("state", state)).With(grade: grade));

    [Fact]
    public void A_later_weaker_word_that_differs_makes_a_protective_value_unknown()
    {
        var read = Says(new Facts(), "okta", "2025-03-01", "Active");
        Assert.Equal(Known.Disputed, Of(Says(read, "tickets", "2025-03-10", "Disabled", EvidenceGrade.TicketRecord).At("2025-03-11"), Properties.State).Known);
        Assert.Equal("Active", Of(Says(read, "okta", "2025-03-12", "Active").At("2025-03-13"), Properties.State).Text);
    }

    [Fact]
    public void An_earlier_weaker_word_does_not()
    {
        var facts = Says(Says(new Facts(), "okta", "2025-03-01", "Active"), "tickets", "2025-02-10", "Disabled", EvidenceGrade.TicketRecord);
        Assert.Equal("Active", Of(facts.At("2025-03-11"), Properties.State).Text);
    }

    [Fact]
    public void Two_words_of_one_grade_and_time_that_differ_leave_the_value_unknown()
    {
        Assert.Equal(Known.Disputed, Of(Says(Says(new Facts(), "okta", "2025-03-01", "Active"), "entra", "2025-03-01", "Disabled").At("2025-03-11"), Properties.State).Known);
        Assert.Equal("Disabled", Of(Says(Says(new Facts(), "okta", "2025-03-01", "Active"), "entra", "2025-03-02", "Disabled").At("2025-03-11"), Properties.State).Text);
    }

    [Fact]
    public void An_ordinary_value_is_the_latest_whatever_its_grade()
    {
        var facts = new Facts()
            .Run("okta", "2025-03-01", run => run.Node("kim", "Account", ("name", "Kim")))
            .Run("hr", "2025-03-10", run => run.Node("kim", "Account", ("name", "Kim P.")).With(grade: EvidenceGrade.Attestation));
        Assert.Equal("Kim P.", facts.At("2025-03-11").Find("kim")!.Value.Name);
        Assert.Equal("Kim", facts.At("2025-03-09").Find("kim")!.Value.Name);
    }

    [Fact]
    public void The_source_of_truth_that_policy_names_alone_decides()
    {
        var facts = Says(Says(new Facts(), "okta", "2025-03-01", "Active"), "entra", "2025-03-02", "Disabled");
        var policy = new FoldOptions { SourceOfTruth = new Dictionary<string, string> { ["state"] = "okta" } };
        Assert.Equal("Active", Of(facts.At("2025-03-11", options: policy), Properties.State).Text);
        Assert.Equal("Disabled", Of(facts.At("2025-03-11"), Properties.State).Text);
    }

    [Fact]
    public void A_line_read_later_of_an_earlier_moment_does_not_contradict_a_later_revision_of_its_source()
    {
        var facts = new Facts()
            .Run("okta", "2025-03-01", run => run.Node("kim", "Account", ("state", "Disabled")).With(from: "2025-02-20"))
            .Run("okta", "2025-03-10", run => run.Node("kim", "Account", ("state", "Active")).With(from: "2025-01-01"));
        Assert.Equal("Disabled", Of(facts.At("2025-03-11"), Properties.State).Text);
        Assert.Equal("Active", Of(facts.At("2025-02-19"), Properties.State).Text);
    }

    [Fact]
    public void A_word_nobody_knows_is_unknown_and_kept_as_said()
    {
        var reading = Of(Says(new Facts(), "okta", "2025-03-01", "Dormant").At("2025-03-02"), Properties.State);
        Assert.Equal((Known.Disputed, "Dormant", null), (reading.Known, reading.Value.AsText(), reading.Text));
        Assert.Equal("Locked", Of(Says(new Facts(), "okta", "2025-03-01", "Locked").At("2025-03-02"), Properties.State).Text);
    }

    [Fact]
    public void Never_and_not_reported_are_different_answers()
    {
        var view = new Facts().Run("okta", "2025-03-01", run => run.Node("key", "Credential", ("expiresAt", null))).At("2025-03-02");
        Assert.Equal(Known.None, view.Find("key")!.Value[Properties.ExpiresAt].Known);
        Assert.Equal(Known.NotReported, view.Find("key")!.Value[Properties.RotatedAt].Known);
    }

    [Fact]
    public void A_stale_reading_keeps_its_value_and_says_that_it_is_stale()
    {
        var facts = Says(new Facts(), "okta", "2025-03-01", "Active");
        Assert.Equal(("Active", true), (Of(facts.At("2025-04-30"), Properties.State).Text, Of(facts.At("2025-04-30"), Properties.State).Fresh));
        Assert.Equal(("Active", false), (Of(facts.At("2025-05-01"), Properties.State).Text, Of(facts.At("2025-05-01"), Properties.State).Fresh));
    }

    [Fact]
    public void What_was_seen_but_not_read_since_is_not_known()
    {
        var facts = Says(new Facts(), "okta", "2025-03-01", "Active").Run("okta", "2025-03-10", run => run.Seen("kim", "Account").Complete("Account"));
        Assert.Equal(Known.Disputed, Of(facts.At("2025-03-11"), Properties.State).Known);
        Assert.Equal("Active", Of(facts.At("2025-03-09"), Properties.State).Text);
        Assert.Equal("Active", Of(Says(facts, "okta", "2025-03-12", "Active").At("2025-03-13"), Properties.State).Text);
    }

    [Fact]
    public void Old_properties_are_not_carried_over_a_return()
    {
        var facts = new Facts()
            .Run("okta", "2025-03-01", run => run.Node("kim", "Account", ("state", "Active"), ("mfa", true)).Complete("Account"))
            .Run("okta", "2025-03-10", run => run.Complete("Account"))
            .Run("okta", "2025-03-20", run => run.Node("kim", "Account", ("state", "Active")).Complete("Account"));
        Assert.Equal(Known.NotReported, Of(facts.At("2025-03-21"), Properties.Mfa).Known);
        Assert.Equal(Truth.True, Of(facts.At("2025-03-05"), Properties.Mfa).Flag);
        Assert.Equal(Known.NotReported, Of(facts.At("2025-03-12"), Properties.State).Known);
    }

    [Fact]
    public void What_has_ended_keeps_what_was_last_said_of_it()
    {
        var facts = new Facts()
            .Run("okta", "2025-03-01", run => run.Node("kim", "Account", ("name", "Kim")).Complete("Account"))
            .Run("okta", "2025-03-10", run => run.Complete("Account"));
        Assert.Equal((Truth.False, "Kim"), (facts.At("2025-03-12").Find("kim")!.Value.Present, facts.At("2025-03-12").Find("kim")!.Value.Name));
    }

    [Fact]
    public void A_label_we_do_not_know_makes_a_thing_of_unknown_kind_that_is_no_placeholder()
    {
        var view = new Facts().Run("okta", "2025-03-01", run => run.Node("x", "Gizmo").Edge("SERVES", "x", "y")).At("2025-03-02");
        var node = view.Find("x")!.Value;
        Assert.Equal((NodeKinds.Unknown, false, Truth.True, "Gizmo"), (node.Kind, node.IsPlaceholder, node.Present, node.Get("kind-as-said").Text));
        Assert.True(view.Find("y")!.Value.IsPlaceholder);
    }

    [Fact]
    public void A_day_ends_in_its_own_zone()
    {
        var facts = new Facts().Run("hr", "2025-06-01", run => run.Edge("MEMBER_OF", "kim", "admins").With("2025-01-01", "2025-06-02", precision: Precision.Day, tz: "Europe/Berlin"));
        Assert.Equal(Truth.True, facts.At("2025-06-02T21:59:59Z").Find("kim")!.Value.Out(EdgeKinds.MemberOf)[0].Holds);
        Assert.Equal(Truth.False, facts.At("2025-06-02T22:00:00Z").Find("kim")!.Value.Out(EdgeKinds.MemberOf)[0].Holds);
    }
}
