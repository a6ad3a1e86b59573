using IdentityGraph.Graph;
using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Findings;

/// <summary>
/// IG-K03 and the time that policy allows after leaving. Pat left on 30 May at 17:00 and had consented to a connector whose grant
/// survives that.
/// </summary>
public sealed class AuthoriserGoneTests
{
    private const string Left = "2025-05-30T17:00:00Z";

    [Theory]
    [InlineData("2025-05-30T16:59:59Z", null)] // still employed
    [InlineData("2025-05-30T17:00:00Z", "Info Certain authoriser left")]
    [InlineData("2025-05-31T16:59:59Z", "Info Certain authoriser left")]
    [InlineData("2025-05-31T17:00:00Z", "High Certain authoriser left")]
    public void Who_left_may_be_replaced_for_a_day(string asOf, string? found) => Assert.Equal(Grants(found), Told(Company(), asOf));

    [Theory]
    [InlineData("2025-05-30T18:00:00Z", "Info Certain authoriser disabled")] // because they left
    [InlineData("2025-05-28", "High Certain authoriser disabled")] // before
    public void An_account_disabled_because_they_left_leaves_the_same_time(string disabled, string found) => Assert.Equal(
        Grants(found),
        Told(Company(run => run.Node("pat@app", null, ("state", "Disabled")).With(from: disabled)), "2025-05-31"));

    [Fact]
    public void It_has_been_true_since_that_time_was_over() => Assert.Equal("2025-05-31T17:00:00Z", Since(Company(), "2025-06-05"));

    [Theory]
    [InlineData("privileged", "2025-05-30T21:00:00Z")]
    [InlineData("tier 0", "2025-05-30T18:00:00Z")]
    [InlineData("administers", "2025-05-30T21:00:00Z")]
    [InlineData("reads", "2025-05-31T17:00:00Z")]
    public void What_is_privileged_or_tier_0_leaves_less(string what, string since) => Assert.Equal(since, Since(
        Company(run => _ = what switch
        {
            "privileged" => run.Node("pat@app", null, ("privileged", true)),
            "tier 0" => run.Node("app", null, ("tier", 0)),
            _ => run.Node("scope", "Scope").Edge("INCLUDES_SCOPE", "grant", "scope").Edge("CONFERS", "scope", "app", ("level", what == "reads" ? "L2" : "L5")),
        }),
        "2025-06-05"));

    [Fact]
    public void Who_had_moved_before_leaving_was_missing_already() => Assert.Equal(
        Grants("High Certain authoriser moved"),
        Told(Company(run => run.Node("move", "LifecycleEvent", ("kind", "mover"), ("effectiveAt", Facts.Instant("2025-05-10"))).With(from: "2025-05-10").Edge("TARGETS", "move", "pat").With(from: "2025-05-10")), "2025-05-31"));

    [Theory]
    [InlineData("2025-05-31T16:00:00Z", "2025-06-01T12:00:00Z", "Info Certain authoriser left")] // Max had until 1 June, 16:00
    [InlineData("2025-05-31T16:00:00Z", "2025-06-01T16:00:00Z", "High Certain authoriser left")]
    [InlineData(null, "2025-06-05", null)] // Max is here
    public void Of_two_who_consented_the_last_to_leave_counts(string? maxLeaves, string asOf, string? found) => Assert.Equal(
        Grants(found),
        Told(Company(run => run.Person("max", maxLeaves).Account("max@app", "max", "app").Edge("CONSENTED_BY", "grant", "max@app")), asOf));

    private static string[] Grants(string? found) => found is null ? [] : ["grant: " + found];

    private static string[] Told(Facts facts, string asOf) => FindingCase.Told(facts, asOf, "IG-K03");

    private static string Since(Facts facts, string asOf) => Instants.ToText(Assert.Single(FindingCase.Evaluate(facts, asOf, "IG-K03").Findings).FirstTrueAt!.Value);

    private static Facts Company(Action<Facts.Lines>? more = null) => Facts.Of("2025-05-01", run =>
    {
        run.Person("pat", Left).System("app").Account("pat@app", "pat", "app").App("sync")
            .Grant("grant", "application", ("survivesAuthoriserDisable", true)).Edge("GRANTED_TO", "grant", "sync").Edge("CONSENTED_BY", "grant", "pat@app");
        more?.Invoke(run);
    });
}
