using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Leavers;

/// <summary>Each anchor with a case that opens a path and the nearest that must not. Kim left on 2025-06-01; asked on 2025-06-10.</summary>
public sealed class LeaverAnchorTests
{
    private const string Today = "2025-06-10";

    [Theory]
    [InlineData("local", "R1 Certain a1 kim@app → board L2")]
    [InlineData("sso", "R2 Certain a1 kim@app → board L2")] // nothing to sign in through: no way in, but it lives
    public void A1_an_account_with_a_way_in_is_usable_and_one_without_is_latent(string method, string path) =>
        Assert.Equal([path], Estate(run => run.Account("kim@app", "kim", "app", "Active", method).Reads("kim@app", "board")).Lines());

    [Fact]
    public void A1_a_disabled_account_opens_nothing()
    {
        var leaver = Estate(run => run.Account("kim@app", "kim", "app", "Disabled", "local").Reads("kim@app", "board"));
        Assert.Empty(leaver.Lines());
        Assert.Equal(LeaverVerdict.Clear, leaver.Verdict);
    }

    [Fact]
    public void A2_a_token_they_alone_hold_acts_as_the_service_until_it_is_rotated()
    {
        Assert.Equal(["R1 Certain a2 pat → board L2"], Estate(run => Token(run)).Lines());
        Assert.Empty(Estate(run => Token(run, ("rotatedAt", Facts.Instant("2025-06-02")))).Lines());
    }

    [Theory]
    [InlineData("none", "R1 Certain a3 pw → board L2")]
    [InlineData("unreported", "R1 Possible a3 pw → board L2")]
    [InlineData("2025-05-31", "R1 Certain a3 pw → board L2")]
    [InlineData("2025-06-02", null)]
    public void A3_a_secret_known_with_others_counts_until_it_is_rotated_after_leaving(string rotated, string? path)
    {
        (string, object?)[] props = rotated switch
        {
            "none" => [("rotatedAt", null)],
            "unreported" => [],
            _ => [("rotatedAt", Facts.Instant(rotated))],
        };
        var leaver = Estate(run => run
            .Person("max", null)
            .Node("svc", "ServiceIdentity", ("state", "Active"))
            .Edge("IN_SYSTEM", "svc", "app")
            .Reads("svc", "board")
            .Secret("pw", "password", "svc", props)
            .Node("svc", "ServiceIdentity", ("mfa", false))
            .Edge("HELD_BY", "pw", "kim")
            .Edge("HELD_BY", "pw", "max"));
        Assert.Equal(path is null ? [] : [path], leaver.Lines());
    }

    [Fact]
    public void A2_held_by_them_and_by_their_own_account_is_held_alone() => Assert.Equal(
        ["R1 Certain a2 pat → board L2"],
        Estate(run => Token(run.Account("kim@app", "kim", "app", "Disabled").Edge("HELD_BY", "pat", "kim@app"))).Lines());

    [Theory]
    [InlineData(true, RemovalState.Verified, LeaverVerdict.Clear)]
    [InlineData(false, RemovalState.Requested, LeaverVerdict.Unverified)]
    public void A_declared_target_without_an_anchor_is_proved_by_reading_its_accounts(bool read, RemovalState state, LeaverVerdict verdict)
    {
        var leaver = Estate(run =>
        {
            run.Account("kim@app", "kim", "app", "Disabled").Node("wms", "System")
                .Node("leave", "LifecycleEvent", ("kind", "leaver")).Edge("TARGETS", "leave", "kim")
                .Node("act", "ProvisioningAction", ("op", "deprovision"), ("requestedAt", Facts.Instant("2025-06-01"))).Edge("CAUSED_BY", "act", "leave").Edge("TARGETS", "act", "wms");
            if (read)
            {
                run.Person("max", null).Account("max@wms", "max", "wms");
            }
        });
        Assert.Equal(state, leaver.StateOf("wms"));
        Assert.Equal(verdict, leaver.Verdict);
    }

    [Fact]
    public void A5_a_grant_they_consented_to_continues_if_it_survives_them()
    {
        Assert.Equal(["R3 Certain a5 grant → board L2"], Estate(run => Consent(run, survives: true)).Lines());
        Assert.Empty(Estate(run => Consent(run, survives: false)).Lines());
    }

    [Theory]
    [InlineData(true, AnchorCode.A7)]
    [InlineData(false, AnchorCode.A1)]
    public void A7_a_guest_account_with_a_login_of_its_own_is_usable(bool guest, AnchorCode code)
    {
        var leaver = Estate(run => run.Account("kim#ext", "kim", "app", "Active", "local").Reads("kim#ext", "board").Node("kim#ext", "Account", ("guest", guest)));
        Assert.Equal(code, Assert.Single(leaver.Paths).Anchor.Code);
        Assert.Equal(LeaverVerdict.Reachable, leaver.Verdict);
    }

    [Fact]
    public void A4_what_they_controlled_is_closed_once_nothing_they_hold_leads_to_it()
    {
        var leaver = Estate(run => Robot(run));
        Assert.Empty(leaver.Lines());
        Assert.Equal(RemovalState.Verified, Of(leaver, AnchorCode.A4).State);
    }

    [Fact]
    public void A4_a_token_they_still_hold_keeps_it_open_and_is_the_anchor_of_the_path()
    {
        var leaver = Estate(run => Robot(run)
            .Secret("key", "sshKey", "robot").With(from: "2025-01-01").Edge("HELD_BY", "key", "kim").With(from: "2025-01-01"));
        Assert.Equal(["R1 Certain a2 key → board L2"], leaver.Lines());
        Assert.Equal(RemovalState.NotStarted, Of(leaver, AnchorCode.A4).State);
    }

    [Theory]
    [InlineData("Active", "Active", true)]
    [InlineData("Disabled", "Active", false)]
    [InlineData("Active", "Disabled", false)]
    public void A6_a_workflow_that_runs_as_them_continues_while_both_live(string workflow, string account, bool continues)
    {
        var leaver = Estate(run => run
            .Account("kim@app", "kim", "app", account, "sso").Reads("kim@app", "board")
            .Node("nightly", "Workflow", ("state", workflow)).Edge("RUNS_AS", "nightly", "kim@app"));
        Assert.Equal(continues, leaver.Lines().Contains("R3 Certain a6 nightly → board L2"));
        Assert.Equal(continues, leaver.Verdict == LeaverVerdict.AutomationContinues);
    }

    [Theory]
    [InlineData("kim@app", true)]
    [InlineData("max@app", false)]
    public void A8_what_a_run_they_started_made_is_theirs_to_use(string starter, bool theirs)
    {
        var leaver = Estate(run => run
            .Person("max", null)
            .Account("kim@app", "kim", "app", "Disabled").Account("max@app", "max", "app")
            .Node("run", "Run").Edge("INITIATED_BY", "run", starter)
            .Node("made", "ServiceIdentity", ("state", "Active")).Edge("SPAWNED", "run", "made").Edge("IN_SYSTEM", "made", "app").Reads("made", "board"));
        Assert.Equal(theirs ? ["R1 Certain a8 made → board L2"] : [], leaver.Lines());
    }

    [Fact]
    public void A8_a_handoff_that_acted_for_them_belongs_to_the_run_it_went_to()
    {
        var leaver = Estate(run => run
            .Account("kim@app", "kim", "app", "Disabled")
            .Node("handoff", "Handoff").Edge("ACTS_FOR", "handoff", "kim@app").Edge("HANDOFF_TO", "handoff", "part").Node("part", "StepRun")
            .Edge("STEP_OF", "part", "run").Node("run", "Run")
            .Node("made", "ServiceIdentity", ("state", "Active")).Edge("SPAWNED", "run", "made").Edge("IN_SYSTEM", "made", "app").Reads("made", "board"));
        Assert.Equal(["R1 Certain a8 made → board L2"], leaver.Lines());
    }

    [Theory]
    [InlineData("Active", RemovalState.NotStarted)]
    [InlineData("Disabled", RemovalState.Verified)]
    public void A9_an_assumption_that_names_their_account_is_a_path_only_through_it(string account, RemovalState state)
    {
        var leaver = Estate(run => run
            .Account("kim@app", "kim", "app", account, "local")
            .Node("role", "ServiceIdentity", ("state", "Active")).Edge("IN_SYSTEM", "role", "app").Edge("CAN_ASSUME", "kim@app", "role").Reads("role", "board"));
        Assert.Equal(account == "Active" ? ["R1 Certain a1 kim@app → board L2"] : [], leaver.Lines());
        Assert.Equal(state, Of(leaver, AnchorCode.A9).State);
    }

    [Theory]
    [InlineData("kim@*", true)]
    [InlineData("max@*", false)]
    public void A9_a_trust_between_tenants_counts_where_its_mapping_names_their_account(string pattern, bool names)
    {
        var leaver = Estate(run => run
            .Account("kim@app", "kim", "app", "Active", "local").Node("home", "Tenant").Edge("IN_TENANT", "app", "home")
            .Node("away", "Tenant").Edge("TRUSTS", "away", "home", ("mapping", new[] { pattern + "=>guest" }))
            .Node("guest", "ServiceIdentity", ("state", "Active")).Edge("IN_SYSTEM", "guest", "app").Reads("guest", "board"));
        Assert.Equal(names, leaver.Systems.SelectMany(system => system.Anchors).Any(anchor => anchor.Code == AnchorCode.A9 && anchor.Node.Id == "guest"));
        Assert.Equal(names, leaver.Paths.Any(path => path.Target.Id == "board"));
    }

    [Theory]
    [InlineData("Agent", true)]
    [InlineData("Application", false)]
    public void A10_an_agent_goes_on_acting_for_them(string client, bool continues)
    {
        var leaver = Estate(run => run
            .Account("kim@app", "kim", "app", "Disabled").Reads("kim@app", "board")
            .Node("bot", client, ("state", "Active"))
            .Node("grant", "OAuthGrant", ("state", "Active"), ("type", "delegated"), ("survivesAuthoriserDisable", true))
            .Edge("ON_BEHALF_OF", "grant", "kim@app").Edge("GRANTED_TO", "grant", "bot")
            .Node("read", "Scope").Edge("INCLUDES_SCOPE", "grant", "read").Edge("CONFERS", "read", "board", ("level", "L2")));
        Assert.Equal(continues ? ["R3 Certain a10 grant → board L2"] : [], leaver.Lines());
    }

    private static Removal Of(LeaverJudgement leaver, AnchorCode code)
    {
        var system = leaver.Systems.First(one => one.Anchors.Any(anchor => anchor.Code == code));
        return system.Removals[system.Anchors.ToList().FindIndex(anchor => anchor.Code == code)];
    }

    private static Facts.Lines Robot(Facts.Lines run) => run
        .Node("kim@app", "Account", ("state", "Active"), ("authMethods", new[] { "local" })).With(from: "2025-01-01", until: "2025-06-02")
        .Edge("BELONGS_TO", "kim@app", "kim").With(from: "2025-01-01", until: "2025-06-02")
        .Edge("CAN_ASSUME", "kim@app", "robot").With(from: "2025-01-01", until: "2025-06-02")
        .Node("robot", "ServiceIdentity", ("state", "Active")).With(from: "2025-01-01")
        .Edge("IN_SYSTEM", "robot", "app").With(from: "2025-01-01")
        .Reads("robot", "board");

    private static LeaverJudgement Estate(Action<Facts.Lines> more) => Facts.Of(Today, run =>
    {
        run.Person("kim", "2025-06-01").Node("app", "System").Node("board", "Resource").Edge("IN_SYSTEM", "board", "app");
        more(run);
    }).Leaver("kim", Today);

    private static void Token(Facts.Lines run, params (string Name, object? Value)[] more) => run
        .Node("svc", "ServiceIdentity", ("state", "Active"))
        .Edge("IN_SYSTEM", "svc", "app")
        .Reads("svc", "board")
        .Secret("pat", "pat", "svc", more)
        .Edge("HELD_BY", "pat", "kim")
        .With(from: "2025-01-01");

    private static void Consent(Facts.Lines run, bool survives) => run
        .Account("kim@app", "kim", "app", "Disabled")
        .Node("sync", "Application", ("state", "Active"))
        .Node("grant", "OAuthGrant", ("state", "Active"), ("type", "application"), ("survivesAuthoriserDisable", survives))
        .Edge("CONSENTED_BY", "grant", "kim@app")
        .Edge("GRANTED_TO", "grant", "sync")
        .Node("read", "Scope")
        .Edge("INCLUDES_SCOPE", "grant", "read")
        .Edge("CONFERS", "read", "board", ("level", "L2"));
}
