using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// SC-14: Pat leaves on 2025-05-30 at 17:00Z. The identity provider disables the account at 18:00, the connector removes the app
/// account at 18:05, both read from the systems. Left are a token of the app account, a guest account in chat with a password of
/// its own, and the grant of a connector that Pat consented to.
/// </summary>
public sealed class WorkManagementTests
{
    private const string Today = "2025-06-02";

    [Fact]
    public void SC_14_1_the_guest_reaches_the_token_is_unverified_the_connector_continues()
    {
        var leaver = Company().Leaver("pat", Today);
        Assert.Equal(LeaverVerdict.Reachable, leaver.Verdict);
        Assert.Equal(PathClass.R1, leaver.Class);
        Assert.Contains("R1 Certain a7 pat#ext → channel L2", leaver.Lines());
        Assert.Contains("R3 Certain a5 grant → board L3", leaver.Lines());
        Assert.Equal(RemovalState.Verified, leaver.StateOf("idp"));
        Assert.Equal(RemovalState.NotStarted, leaver.StateOf("chat"));

        var app = Assert.Single(leaver.Systems, system => system.System?.Id == "app");
        Assert.Equal(RemovalState.Verified, app.Removals[app.Anchors.ToList().FindIndex(anchor => anchor.Node.Id == "pat@app")].State);
        Assert.False(app.IsProved);
        Assert.Contains(leaver.Unknown, words => words.Contains("a2 token", StringComparison.Ordinal));

        var view = Company().At(Today);
        Assert.Equal(Truth.Unknown, new Liveness(view).Of(view.Find("token")!.Value));
    }

    [Fact]
    public void SC_14_1_without_the_guest_the_connector_is_what_continues() =>
        Assert.Equal(LeaverVerdict.AutomationContinues, Company(guest: false).Leaver("pat", Today).Verdict);

    [Fact]
    public void SC_14_1_without_guest_and_consent_the_token_alone_keeps_it_from_being_clear()
    {
        Assert.Equal(LeaverVerdict.Unverified, Company(guest: false, survives: false).Leaver("pat", Today).Verdict);
        var closed = Company(guest: false, survives: false, revoked: "2025-05-30T18:05:00Z").Leaver("pat", Today);
        Assert.Empty(closed.Unknown);
        Assert.Equal(LeaverVerdict.Clear, closed.Verdict);
    }

    [Fact]
    public void SC_14_2_looking_at_the_identity_provider_only_is_not_the_answer()
    {
        var leaver = Company().Leaver("pat", Today);
        var account = leaver.Systems.Single(system => system.System?.Id == "idp");
        Assert.True(account.IsProved);
        Assert.NotEqual(LeaverVerdict.Clear, leaver.Verdict);
    }

    [Fact]
    public void SC_14_2_a_feed_that_says_inactive_changes_no_verdict()
    {
        var quiet = Company().Run("usage", Today, run => run
            .Node("pat#ext", "Account", ("lastUsedAt", Facts.Instant("2025-05-30")))
            .Node("grant", "OAuthGrant", ("lastUsedAt", null))
            .Node("seen", "UsageObservation", ("count", 0), ("lastAt", Facts.Instant("2025-05-30")))
            .Edge("TARGETS", "seen", "pat#ext"));
        Assert.Equal(Company().Leaver("pat", Today).Lines(), quiet.Leaver("pat", Today).Lines());
        Assert.Equal(LeaverVerdict.Reachable, quiet.Leaver("pat", Today).Verdict);
    }

    internal static Facts Company(bool guest = true, bool survives = true, string? revoked = null) => new Facts()
        .Run("hr", "2025-05-01", run => run.Person("pat", "2025-05-30T17:00:00Z").Complete("Person").Complete("Employment").Complete("EMPLOYED_AS"))
        .Run("idp", "2025-05-01", run => Idp(run, "Active"))
        .Run("idp", "2025-05-30T18:00:00Z", run => Idp(run, "Disabled"))
        .Run("app", "2025-05-01", run => App(run.Account("pat@app", "pat", "app", "Active", "sso").Edge("AUTHENTICATED_VIA", "pat@app", "pat@idp").Reads("pat@app", "board"), survives, revoked))
        .Run("app", "2025-05-30T18:05:00Z", run => App(run, survives, revoked))
        .Run("chat", "2025-06-01", run =>
        {
            run.Node("chat", "System", ("category", "chat")).Node("channel", "Resource").Edge("IN_SYSTEM", "channel", "chat");
            if (guest)
            {
                run.Account("pat#ext", "pat", "chat", "Active", "local").Node("pat#ext", "Account", ("guest", true)).Reads("pat#ext", "channel");
            }

            Complete(run);
        });

    private static void Idp(Facts.Lines run, string state)
    {
        run.Node("idp", "System", ("category", "directory")).Account("pat@idp", "pat", "idp", state, "local");
        Complete(run);
    }

    private static void App(Facts.Lines run, bool survives, string? revoked)
    {
        run.Node("app", "System", ("category", "saas"))
            .Node("board", "Resource")
            .Edge("IN_SYSTEM", "board", "app")
            .Secret("token", "pat", "pat@app")
            .Edge("HELD_BY", "token", "pat")
            .Node("sync", "Application", ("state", "Active"))
            .Node("grant", "OAuthGrant", ("state", "Active"), ("type", "application"), ("survivesAuthoriserDisable", survives))
            .Edge("IN_SYSTEM", "grant", "app")
            .Edge("CONSENTED_BY", "grant", "pat@app")
            .Edge("GRANTED_TO", "grant", "sync")
            .Node("write", "Scope")
            .Edge("INCLUDES_SCOPE", "grant", "write")
            .Edge("CONFERS", "write", "board", ("level", "L3"));
        if (revoked is not null)
        {
            run.Node("token", "Credential", ("revokedAt", Facts.Instant(revoked)));
        }

        Complete(run);
    }

    private static void Complete(Facts.Lines run)
    {
        foreach (var stream in (string[])["Account", "System", "Resource", "Credential", "Application", "OAuthGrant", "Scope", "BELONGS_TO", "IN_SYSTEM", "AUTHENTICATES_AS", "AUTHENTICATED_VIA", "HELD_BY", "ENTITLES", "CONSENTED_BY", "GRANTED_TO", "INCLUDES_SCOPE", "CONFERS"])
        {
            run.Complete(stream);
        }
    }
}
