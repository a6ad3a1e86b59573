using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// SC-17: leaving takes effect on 2025-09-01 at 16:00Z and is entered at 18:00Z. A day is allowed on every target, four hours on
/// privileged access management. Asked on 2025-09-03 at 00:00Z.
/// </summary>
public sealed class LeaverPropagationTests
{
    private const string Asked = "2025-09-03";

    [Fact]
    public void SC_17_1_what_the_directory_and_pam_show_as_disabled_is_verified()
    {
        var leaver = Directory(Hr(), "2025-09-01T19:00:00Z").Run("pam", "2025-09-01T22:00:00Z", run => Read(run, "pam", "Disabled", privileged: true)).Leaver("ada", Asked);
        Assert.Equal(RemovalState.Verified, leaver.StateOf("dir"));
        Assert.Equal(RemovalState.Verified, leaver.StateOf("pam"));
        Assert.Equal(LeaverVerdict.Clear, leaver.Verdict);
        Assert.Equal(Facts.Instant("2025-09-01T22:00:00Z").UtcTicks, leaver.Systems.Single(system => system.System?.Id == "pam").Removal.Evidence!.Value.At);
    }

    [Fact]
    public void SC_17_1_suspended_is_not_removed() => Assert.NotEqual(
        LeaverVerdict.Clear,
        Hr().Run("dir", "2025-09-01T19:00:00Z", run => Read(run, "dir", "Suspended")).Leaver("ada", Asked).Verdict);

    [Fact]
    public void SC_17_2_a_removal_that_is_queued_is_requested_and_the_account_still_live()
    {
        var facts = Directory(Hr()).Run("saas-a", "2025-09-02T20:00:00Z", run => Read(run, "saas-a", "Active")).Run("flow", "2025-09-01T18:05:00Z", run => run
            .Node("act", "ProvisioningAction", ("op", "deprovision"), ("requestedAt", Facts.Instant("2025-09-01T18:05:00Z")))
            .Edge("TARGETS", "act", "ada@saas-a"));
        var leaver = facts.Leaver("ada", Asked);
        Assert.Equal(RemovalState.Requested, leaver.StateOf("saas-a"));
        Assert.Equal(LeaverVerdict.Reachable, leaver.Verdict);
        Assert.Equal(Truth.True, Live(facts, "ada@saas-a"));
    }

    [Fact]
    public void SC_17_2_a_closed_ticket_is_a_claim_and_the_account_unknown_where_it_was_last_read_before()
    {
        var facts = Directory(Hr())
            .Run("saas-b", "2025-08-31", run => Read(run, "saas-b", "Active"))
            .Run("desk", "2025-09-01T20:00:00Z", run => run.Node("ada@saas-b", "Account", ("state", "Disabled")).With(grade: EvidenceGrade.TicketRecord));
        var leaver = facts.Leaver("ada", Asked);
        Assert.Equal(RemovalState.Claimed, leaver.StateOf("saas-b"));
        Assert.Equal(Truth.Unknown, Live(facts, "ada@saas-b"));
        Assert.Equal(LeaverVerdict.Unverified, leaver.Verdict);
    }

    [Fact]
    public void SC_17_3_an_accepted_removal_and_a_partial_listing_without_the_account_verify_nothing()
    {
        var facts = Directory(Hr())
            .Run("saas-c", "2025-08-31", run => Read(run, "saas-c", "Active"))
            .Run("saas-c-log", "2025-09-01T20:00:00Z", run => run.Node("ada@saas-c", "Account", ("state", "Disabled")).With(grade: EvidenceGrade.SystemEvent))
            .Run("saas-c", "2025-09-02", run => run.Node("saas-c", "System").Incomplete("Account"));
        var leaver = facts.Leaver("ada", Asked);
        Assert.Equal(RemovalState.Accepted, leaver.StateOf("saas-c"));
        Assert.Equal(LeaverVerdict.Unverified, leaver.Verdict);
    }

    [Fact]
    public void SC_17_3_a_complete_listing_without_the_account_verifies_it()
    {
        var facts = Directory(Hr())
            .Run("saas-c", "2025-08-31", run => Read(run, "saas-c", "Active"))
            .Run("saas-c", "2025-09-02", run => Complete(run.Node("saas-c", "System").Node("files-saas-c", "Resource").Edge("IN_SYSTEM", "files-saas-c", "saas-c")));
        var leaver = facts.Leaver("ada", Asked);
        Assert.Equal(RemovalState.Verified, leaver.StateOf("saas-c"));
        Assert.Equal(LeaverVerdict.Clear, leaver.Verdict);
    }

    [Fact]
    public void SC_17_4_a_disabled_login_leaves_the_access_key_alive_where_keys_never_die_with_it()
    {
        var facts = Cloud("Never");
        var leaver = facts.Leaver("ada", Asked);
        var cloud = leaver.Systems.Single(system => system.System?.Id == "cloud");
        Assert.Equal(["a1 Verified", "a2 NotStarted"], cloud.Anchors.Zip(cloud.Removals, (anchor, removal) => $"{anchor.Word} {removal.State}"));
        Assert.Equal(Truth.True, Live(facts, "key"));
        Assert.Equal(["R1 Certain a2 key → files-cloud L2"], leaver.Lines());
        Assert.Equal(LeaverVerdict.Reachable, leaver.Verdict);
    }

    [Fact]
    public void SC_17_4_keys_that_die_with_the_login_are_closed_by_it() => Assert.Equal(LeaverVerdict.Clear, Cloud("Immediate").Leaver("ada", Asked).Verdict);

    [Fact]
    public void SC_17_5_a_system_nobody_read_since_is_not_started_and_its_account_unknown()
    {
        var facts = Directory(Hr()).Run("legacy", "2025-06-01", run => Read(run, "legacy", "Active"));
        var leaver = facts.Leaver("ada", Asked);
        Assert.Equal(RemovalState.NotStarted, leaver.StateOf("legacy"));
        Assert.Equal(Truth.Unknown, Live(facts, "ada@legacy"));
        Assert.Equal(LeaverVerdict.Unverified, leaver.Verdict);
    }

    [Theory]
    [InlineData("2025-09-02T15:59:59Z", LeaverVerdict.Pending)]
    [InlineData("2025-09-02T16:00:00Z", LeaverVerdict.Reachable)]
    public void A_path_is_pending_to_the_last_second_of_its_day(string asOf, LeaverVerdict verdict)
    {
        var leaver = Hr().Run("saas-a", "2025-09-01T17:00:00Z", run => Read(run, "saas-a", "Active")).Leaver("ada", asOf);
        Assert.Equal(verdict, leaver.Verdict);
        Assert.Equal(verdict == LeaverVerdict.Pending ? Facts.Instant("2025-09-02T16:00:00Z") : null, leaver.PendingUntil);
    }

    [Theory]
    [InlineData("2025-09-01T19:59:59Z", LeaverVerdict.Pending)]
    [InlineData("2025-09-01T20:00:00Z", LeaverVerdict.Reachable)]
    public void A_privileged_account_has_four_hours(string asOf, LeaverVerdict verdict) =>
        Assert.Equal(verdict, Hr().Run("pam", "2025-09-01T17:00:00Z", run => Read(run, "pam", "Active", privileged: true)).Leaver("ada", asOf).Verdict);

    [Theory]
    [InlineData("2025-09-01T16:59:59Z", LeaverVerdict.Pending)]
    [InlineData("2025-09-01T17:00:00Z", LeaverVerdict.Reachable)]
    public void A_tier_zero_system_has_one_hour(string asOf, LeaverVerdict verdict) =>
        Assert.Equal(verdict, Hr().Run("core", "2025-09-01T16:30:00Z", run => Read(run, "core", "Active", tier: 0)).Leaver("ada", asOf).Verdict);

    internal static Facts Hr() => new Facts().Run("hr", "2025-09-01T18:00:00Z", run =>
        run.Person("ada", "2025-09-01T16:00:00Z").Complete("Person").Complete("Employment").Complete("EMPLOYED_AS"));

    internal static Facts Directory(Facts facts, string at = "2025-09-01T19:00:00Z") => facts.Run("dir", at, run => Read(run, "dir", "Disabled"));

    internal static Facts Cloud(string cascade) => Directory(Hr()).Run("cloud", "2025-09-02T01:00:00Z", run =>
    {
        run.Secret("key", "apiKey", "ada@cloud").Edge("HELD_BY", "key", "ada").With(from: "2025-01-01").Node("cloud", "System", ("cascade_apiKey", cascade));
        Read(run, "cloud", "Disabled");
    });

    internal static void Read(Facts.Lines run, string system, string state, bool privileged = false, int? tier = null)
    {
        run.Node(system, "System")
            .Node($"files-{system}", "Resource")
            .Edge("IN_SYSTEM", $"files-{system}", system)
            .Account($"ada@{system}", "ada", system, state, "local")
            .Reads($"ada@{system}", $"files-{system}");
        if (privileged)
        {
            run.Node($"ada@{system}", "Account", ("privileged", true));
        }

        if (tier is { } number)
        {
            run.Node(system, "System", ("tier", number));
        }

        Complete(run);
    }

    private static void Complete(Facts.Lines run)
    {
        foreach (var stream in (string[])["Account", "System", "Resource", "Credential", "BELONGS_TO", "IN_SYSTEM", "AUTHENTICATES_AS", "HELD_BY", "ENTITLES"])
        {
            run.Complete(stream);
        }
    }

    private static Truth Live(Facts facts, string id)
    {
        var view = facts.At(Asked);
        return new Liveness(view).Of(view.Find(id)!.Value);
    }
}
