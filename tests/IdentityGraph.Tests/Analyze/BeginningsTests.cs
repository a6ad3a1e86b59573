using IdentityGraph.Analyze;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Analyze.Findings;
using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze;

/// <summary>Since when a finding has held: told by the intervals of its facts, not by when anybody looked.</summary>
public sealed class BeginningsTests
{
    [Fact]
    public void An_orphan_is_one_since_its_owner_left_not_since_it_was_read() =>
        Assert.Equal("2025-03-31T00:00:00Z", Since(Nightly("2025-05-20"), "2025-05-20", "IG-O01", "nightly"));

    [Fact]
    public void Reading_it_three_times_changes_nothing() =>
        Assert.Equal("2025-03-31T00:00:00Z", Since(Nightly("2025-01-10", "2025-04-10", "2025-05-20"), "2025-05-20", "IG-O01", "nightly"));

    [Fact]
    public void The_day_the_owner_leaves_is_read_in_the_zone_of_the_employment() => Assert.Equal(
        "2025-03-31T22:00:00Z",
        Since(Nightly(["2025-05-20"], "2025-03-31"), "2025-05-20", "IG-O01", "nightly"));

    [Fact]
    public void Ownership_is_at_risk_thirty_days_before_the_last_day() =>
        Assert.Equal("2025-03-01T00:00:00Z", Since(Nightly("2025-03-20"), "2025-03-20", "IG-O03", "nightly"));

    [Fact]
    public void A_secret_lies_in_a_ticket_since_it_was_pasted() =>
        Assert.Equal("2025-03-01T00:00:00Z", Since(Pasted(), "2025-06-02", "IG-C04", "key"));

    [Fact]
    public void A_break_begins_it_anew() => Assert.Equal(
        "2025-04-20T00:00:00Z",
        Since(Pasted(run => run.Node("key", null, ("state", "Disabled")).With(from: "2025-04-01").Node("key", null, ("state", "Active")).With(from: "2025-04-20")), "2025-06-02", "IG-C04", "key"));

    [Fact]
    public void A_key_that_never_expires_is_one_since_it_was_made() =>
        Assert.Equal("2024-11-05T00:00:00Z", Since(Pasted(), "2025-06-02", "IG-C01", "key"));

    [Fact]
    public void Taken_in_again_without_an_end_it_is_one_since_then() => Assert.Equal(
        "2025-05-01T00:00:00Z",
        Since(Facts.Of("2025-06-02", run => run
            .Node("key", "Credential", ("kind", "apiKey"), ("state", "Active"), ("issuedAt", Facts.Instant("2025-01-01")), ("expiresAt", Facts.Instant("2025-07-01"))).With(from: "2025-01-01")
            .Node("key", null, ("expiresAt", null)).With(from: "2025-05-01")), "2025-06-02", "IG-C01", "key"));

    [Fact]
    public void A_place_that_became_tier_0_later_left_the_leaver_the_longer_time_before() =>
        Assert.Equal("2025-05-31T17:00:00Z", Since(Left("2025-06-01"), Estate.Day, "IG-L01", "pat"));

    [Fact]
    public void A_place_that_was_tier_0_all_along_left_one_hour() =>
        Assert.Equal("2025-05-30T18:00:00Z", Since(Left("2020-01-01"), Estate.Day, "IG-L01", "pat"));

    /// <summary>
    /// Another source goes stale on 15 March 2024 (30 days twice), long after the leaver's time was over. What the stale account may do is
    /// not known either, perhaps administer: four hours.
    /// </summary>
    [Fact]
    public void What_is_possible_since_they_left_did_not_begin_when_another_source_went_stale()
    {
        var facts = new Facts()
            .Run("estate", "2024-01-10", run => run.Person("pat", "2024-01-01T00:00:00Z").System("app").Account("pat@app", "pat", "app", "Active", "local").Edge("ENTITLES", "pat@app", "app", ("level", "L3")))
            .Run("other", "2024-01-15", run => run.Node("else", "Resource"))
            .Run("governance", "2024-06-15", run => run.Node("app", "System", ("tier", 0)).With(from: "2024-06-01"));

        var finding = Assert.Single(FindingCase.Evaluate(facts, "2024-07-01", "IG-L01").Findings, finding => finding.Subject == "pat");

        Assert.Equal(("Possible", "2024-01-01T04:00:00Z"), (finding.Certainty.ToString(), Instants.ToText(finding.FirstTrueAt!.Value)));
    }

    /// <summary>Pat left on 30 May at 17:00; the system their local login reads is tier 0 since a day.</summary>
    private static Facts Left(string tierZeroSince) => Facts.Of("2025-05-30", run => run.Person("pat", "2025-05-30T17:00:00Z").System("app")
        .Node("app", null, ("tier", 0)).With(from: tierZeroSince).Account("pat@app", "pat", "app", "Active", "local").Reads("pat@app", "app"));

    private static Facts Nightly(params string[] read) => Nightly(read, Facts.Instant("2025-03-31"));

    /// <summary>Bob, whose last day is 30 March (his end is the first instant of the 31st), owns `nightly` since 2024.</summary>
    private static Facts Nightly(string[] read, object endAt)
    {
        var facts = new Facts();
        foreach (var day in read)
        {
            facts.Run("estate", day, run =>
            {
                run.Node("bob", "Person").With(from: "2020-01-01")
                    .Node("job", "Employment", ("kind", "employee"), ("startAt", Facts.Instant("2020-01-01")), ("endAt", endAt), ("tz", "Europe/Berlin"), ("status", "active")).With(from: "2020-01-01")
                    .Edge("EMPLOYED_AS", "bob", "job").With(from: "2020-01-01")
                    .Node("nightly", "ServiceIdentity", ("state", "Active")).With(from: "2024-01-01")
                    .Edge("OWNED_BY", "nightly", "bob").With(from: "2024-01-01");
                foreach (var stream in new[] { "Person", "Employment", "EMPLOYED_AS", "ServiceIdentity", "OWNED_BY" })
                {
                    run.Complete(stream);
                }
            });
        }

        return facts;
    }

    private static Facts Pasted(Action<Facts.Lines>? more = null) => Facts.Of("2025-06-02", run =>
    {
        run.Node("key", "Credential", ("kind", "apiKey"), ("state", "Active"), ("issuedAt", Facts.Instant("2024-11-05")), ("expiresAt", null)).With(from: "2024-11-05")
            .Node("ticket", "Resource", ("storeKind", "ticket")).With(from: "2020-01-01")
            .Edge("STORED_IN", "key", "ticket", ("sanctioned", false)).With(from: "2025-03-01");
        more?.Invoke(run);
    });

    private static string? Since(Facts facts, string asOf, string rule, string subject)
    {
        var finding = Assert.Single(FindingCase.Evaluate(facts, asOf, rule).Findings, finding => finding.Subject == subject && finding.Certainty is Certainty.Certain);
        return finding.FirstTrueAt is { } since ? Instants.ToText(since) : null;
    }
}
