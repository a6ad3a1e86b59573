using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Graph;

/// <summary>Ends that a source states: how far they reach, and what a claim of an end is worth.</summary>
public sealed class StatedEndTests
{
    private static Edge Membership(GraphView view) => view.Find("kim")!.Value.Out(EdgeKinds.MemberOf)[0];

    private static Facts Read(Facts facts, string source, string day, string? from = null, string? until = null, EvidenceGrade grade = EvidenceGrade.SystemState) =>
        facts.Delta(source, day, run => run.Edge("MEMBER_OF", "kim", "admins").With(from, until, grade: grade));

    [Theory]
    [InlineData(EvidenceGrade.TicketRecord, Truth.Unknown)]
    [InlineData(EvidenceGrade.SystemState, Truth.False)]
    public void An_end_below_system_state_is_a_claim(EvidenceGrade grade, Truth holds)
    {
        var facts = Read(Read(new Facts(), "okta", "2025-03-01"), "okta", "2025-03-10", until: "2025-03-09", grade: grade);
        Assert.Equal(Truth.True, Membership(facts.At("2025-03-08")).Holds);
        Assert.Equal(holds, Membership(facts.At("2025-03-11")).Holds);
    }

    [Fact]
    public void A_claimed_end_casts_doubt_on_what_another_source_read_before_it_and_not_after()
    {
        var facts = Read(Read(new Facts(), "okta", "2025-03-01"), "tickets", "2025-03-10", until: "2025-03-09", grade: EvidenceGrade.TicketRecord);
        Assert.Equal(Truth.Unknown, Membership(facts.At("2025-03-11")).Holds);
        Assert.Equal(Truth.True, Membership(Read(facts, "okta", "2025-03-12").At("2025-03-13")).Holds);
    }

    [Fact]
    public void A_source_ends_its_own_claim_only()
    {
        var facts = Read(Read(Read(new Facts(), "okta", "2025-03-01"), "entra", "2025-03-01"), "okta", "2025-03-10", until: "2025-03-09");
        Assert.Equal(Truth.True, Membership(facts.At("2025-03-11")).Holds);
        Assert.Equal(Truth.False, Membership(Read(facts, "entra", "2025-03-12", until: "2025-03-10").At("2025-03-13")).Holds);
    }

    [Theory]
    [InlineData("2024-12-31", Truth.False)]
    [InlineData("2025-01-01", Truth.True)]
    [InlineData("2025-02-01", Truth.False)]
    [InlineData("2025-03-11", Truth.False)]
    public void An_interval_stated_later_replaces_what_was_read_before(string day, Truth holds) =>
        Assert.Equal(holds, Membership(Read(Read(new Facts(), "okta", "2025-01-10"), "okta", "2025-03-10", "2025-01-01", "2025-02-01").At(day)).Holds);

    [Theory]
    [InlineData("2025-02-15", Truth.False)]
    [InlineData("2025-03-01", Truth.True)]
    public void After_a_stated_end_a_stated_later_beginning_is_believed(string day, Truth holds) =>
        Assert.Equal(holds, Membership(Read(Read(new Facts(), "okta", "2025-02-10", "2025-01-01", "2025-02-01"), "okta", "2025-03-05", "2025-03-01").At(day)).Holds);

    [Fact]
    public void What_holds_holds_since_the_earliest_beginning_without_a_break()
    {
        var facts = Read(Read(Read(new Facts(), "okta", "2025-02-20", "2025-02-15"), "entra", "2025-02-20", "2025-01-10", "2025-02-18"), "hr", "2025-02-20", "2024-06-01", "2024-07-01");
        var edge = Membership(facts.At("2025-02-21"));
        Assert.Equal(("2025-01-10T00:00:00Z", Instants.Latest), (Instants.ToText(edge.Since), edge.Until));
        Assert.Equal(3, edge.Claims.Count);
    }

    [Theory]
    [InlineData("2025-03-02", Truth.Unknown)] // not read yet
    [InlineData("2025-03-04", Truth.True)]
    [InlineData("2025-03-29", Truth.True)] // before its values hold
    public void A_node_that_is_read_before_its_end_is_there_from_then_on_however_far_ahead_its_values_lie(string day, Truth present)
    {
        var read = Ends(new Facts()).Delta("okta", "2025-03-03", run => run.Node("kim", "Account").With(from: "2025-03-30")).Delta("okta", "2025-03-20", run => run.Node("kim", "Account").With(from: "2025-03-28"));
        Assert.Equal(present, read.At(day).Find("kim")!.Value.Present);
        Assert.NotEqual(Truth.True, Ends(new Facts()).At(day).Find("kim")!.Value.Present);

        static Facts Ends(Facts facts) => facts.Delta("okta", "2025-03-01", run => run.Node("kim", "Account").With(until: "2025-04-10"));
    }

    [Theory]
    [InlineData(null, "2025-03-02", Truth.Unknown)] // read before it is to begin: that was no beginning, and nobody states another
    [InlineData(null, "2025-03-04", Truth.True)]
    [InlineData("2025-03-04", "2025-03-02", Truth.False)] // another beginning is stated
    [InlineData("2025-03-20", "2025-03-04", Truth.False)] // it is only to begin later still
    public void A_beginning_before_which_it_is_read_was_none(string? from, string day, Truth holds) =>
        Assert.Equal(holds, Membership(Read(Read(new Facts(), "okta", "2025-03-01", "2025-03-10"), "okta", "2025-03-03", from).At(day)).Holds);

    [Fact]
    public void A_node_whose_state_two_sources_read_ends_when_both_lack_it()
    {
        static Facts Lack(Facts facts, string source, string day) => facts.Run(source, day, run => run.Complete("Account"));
        static Facts State(Facts facts, string source) => facts.Run(source, "2025-03-01", run => run.Node("kim", "Account", ("state", "Active")).Complete("Account"));
        var facts = Lack(State(State(new Facts(), "okta"), "entra"), "okta", "2025-03-10");
        Assert.Equal(Truth.True, facts.At("2025-03-11").Find("kim")!.Value.Present);
        Assert.Equal(Truth.False, Lack(facts, "entra", "2025-03-12").At("2025-03-13").Find("kim")!.Value.Present);
    }
}
