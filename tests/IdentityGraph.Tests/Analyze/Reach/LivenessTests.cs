using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Reach;

public sealed class LivenessTests
{
    [Theory]
    [InlineData("Active", EvidenceGrade.SystemState, Truth.True)]
    [InlineData("Disabled", EvidenceGrade.SystemState, Truth.False)]
    [InlineData("Suspended", EvidenceGrade.SystemState, Truth.False)]
    [InlineData("Locked", EvidenceGrade.SystemState, Truth.False)]
    [InlineData("Deleted", EvidenceGrade.SystemState, Truth.False)]
    [InlineData("Disabled", EvidenceGrade.SystemEvent, Truth.Unknown)]
    [InlineData("Disabled", EvidenceGrade.TicketRecord, Truth.Unknown)]
    [InlineData("Hibernating", EvidenceGrade.SystemState, Truth.Unknown)]
    public void A_dead_state_counts_only_where_the_system_itself_shows_it(string state, EvidenceGrade grade, Truth live) =>
        Assert.Equal(live, Estate.Live(l => l.Node("kim", "Account", ("state", state)).With(grade: grade), "kim"));

    [Theory]
    [InlineData("Account", Truth.Unknown)]
    [InlineData("OAuthGrant", Truth.Unknown)]
    [InlineData("Group", Truth.True)]
    [InlineData("Person", Truth.True)]
    public void Without_a_state_only_kinds_that_have_none_are_live(string kind, Truth live) =>
        Assert.Equal(live, Estate.Live(l => l.Node("x", kind), "x"));

    [Fact]
    public void What_only_an_edge_names_is_never_live() =>
        Assert.Equal(Truth.False, Estate.Live(l => l.Account("kim").Edge("MEMBER_OF", "kim", "ghosts"), "ghosts"));

    [Theory]
    [InlineData("2025-08-01", Truth.True)]
    [InlineData("2025-08-02", Truth.Unknown)]
    public void What_was_active_is_unknown_when_its_source_went_stale(string asOf, Truth live)
    {
        // Past twice the default interval of 30 days since 2025-06-02; exactly twice is still fresh.
        var view = Facts.Of(Estate.Day, l => l.Account("kim")).At(asOf);

        Assert.Equal(live, new Liveness(view).Of(view.Find("kim")!.Value));
    }

    [Fact]
    public void What_was_disabled_stays_so_however_stale()
    {
        var view = Facts.Of(Estate.Day, l => l.Node("kim", "Account", ("state", "Disabled"))).At("2026-06-02");

        Assert.Equal(Truth.False, new Liveness(view).Of(view.Find("kim")!.Value));
    }

    [Theory]
    [InlineData("2025-06-02T00:00:01Z", Truth.True)]
    [InlineData("2025-06-02T00:00:00Z", Truth.False)]
    public void A_credential_ends_at_its_expiry(string expiresAt, Truth live) =>
        Assert.Equal(live, Estate.Live(l => l.Node("key", "Credential", ("kind", "apiKey"), ("expiresAt", expiresAt)), "key"));

    [Theory]
    [InlineData("2025-06-02T00:00:00Z", Truth.True)]
    [InlineData("2025-06-02T00:00:01Z", Truth.False)]
    public void A_credential_begins_at_its_begin(string notBefore, Truth live) =>
        Assert.Equal(live, Estate.Live(l => l.Key("key", "apiKey", ("notBefore", notBefore)), "key"));

    [Fact]
    public void An_expiry_nobody_reported_is_unknown() =>
        Assert.Equal(Truth.Unknown, Estate.Live(l => l.Node("key", "Credential", ("kind", "apiKey")), "key"));

    [Fact]
    public void Unless_the_system_shows_it_active() =>
        Assert.Equal(Truth.True, Estate.Live(l => l.Node("key", "Credential", ("kind", "apiKey"), ("state", "Active")), "key"));

    [Theory]
    [InlineData(EvidenceGrade.SystemState, Truth.False)]
    [InlineData(EvidenceGrade.SystemEvent, Truth.Unknown)]
    [InlineData(EvidenceGrade.TicketRecord, Truth.Unknown)]
    public void A_revocation_counts_as_far_as_it_is_verified(EvidenceGrade grade, Truth live)
    {
        var view = new Facts()
            .Run("vault", "2025-05-01", l => l.Key("key").Complete("Credential"))
            .Run("tickets", "2025-06-01", l => l.Node("key", "Credential", ("revokedAt", "2025-05-31T00:00:00Z")).With(grade: grade))
            .At(Estate.Day);

        Assert.Equal(live, new Liveness(view).Of(view.Find("key")!.Value));
    }

    [Fact]
    public void A_claimed_revocation_yields_to_a_later_sight_in_the_system()
    {
        var view = new Facts()
            .Run("tickets", "2025-05-31", l => l.Node("key", "Credential", ("revokedAt", "2025-05-31T00:00:00Z")).With(grade: EvidenceGrade.TicketRecord))
            .Run("vault", "2025-06-01", l => l.Key("key").Complete("Credential"))
            .At(Estate.Day);

        Assert.Equal(Truth.True, new Liveness(view).Of(view.Find("key")!.Value));
    }

    [Fact]
    public void A_paper_expiry_of_a_weaker_grade_yields_to_presence_in_the_system()
    {
        static Facts Told(string readAt) => new Facts()
            .Run("sheet", "2025-05-01", l => l.Node("key", "Credential", ("kind", "apiKey"), ("expiresAt", "2025-05-15T00:00:00Z")).With(grade: EvidenceGrade.Attestation))
            .Run("vault", readAt, l => l.Node("key", "Credential").Complete("Credential"));
        var (seen, notSeen) = (Told("2025-05-20").At(Estate.Day), Told("2025-05-10").At(Estate.Day));

        Assert.Equal(Truth.True, new Liveness(seen).Of(seen.Find("key")!.Value));
        Assert.Equal(Truth.False, new Liveness(notSeen).Of(notSeen.Find("key")!.Value));
    }

    [Fact]
    public void An_expiry_the_system_states_does_not_yield_to_being_listed() =>
        Assert.Equal(Truth.False, Estate.Live(l => l.Node("key", "Credential", ("kind", "apiKey"), ("expiresAt", "2025-05-15T00:00:00Z")), "key"));

    [Theory]
    [InlineData("Active", Truth.True)]
    [InlineData(null, Truth.False)]
    public void But_to_active_stated_since(string? state, Truth live) =>
        Assert.Equal(live, Estate.Live(
            l =>
            {
                l.Node("key", "Credential", ("kind", "apiKey"), ("expiresAt", "2025-05-15T00:00:00Z")).With(from: "2025-01-01");
                if (state is not null)
                {
                    l.Node("key", "Credential", ("state", state)).With(from: "2025-05-20");
                }
            },
            "key"));

    [Theory]
    [InlineData(0, Truth.False)]
    [InlineData(30, Truth.False)]
    [InlineData(31, Truth.True)]
    [InlineData(null, Truth.True)]
    public void A_renewable_credential_lives_through_its_renewals(int? maxRenewals, Truth live) =>
        // Issued 2025-05-02 for a day each time: 30 renewals end on 2025-06-02, the day asked about.
        Assert.Equal(live, Estate.Live(
            l => l.Node("rt", "Credential", ("kind", "refreshToken"), ("issuedAt", "2025-05-02T00:00:00Z"), ("ttl", "P1D"), ("expiresAt", "2025-05-03T00:00:00Z"), ("renewable", true), ("maxRenewals", maxRenewals)),
            "rt"));

    [Fact]
    public void Renewals_that_need_an_approval_do_not_happen_by_themselves() =>
        Assert.Equal(Truth.False, Estate.Live(
            l => l.Node("rt", "Credential", ("kind", "refreshToken"), ("expiresAt", "2025-05-03T00:00:00Z"), ("renewable", true), ("maxRenewals", null))
                .Key("first", "refreshToken").Edge("DERIVED_FROM", "rt", "first", ("mode", "refresh"), ("gates", new[] { "humanApproval" })),
            "rt"));

    [Theory]
    [InlineData("parent", Truth.True)]
    [InlineData("other", Truth.False)]
    public void A_token_is_renewed_by_the_live_one_it_came_from_but_two_expired_ones_do_not_revive_each_other(string parent, Truth live) =>
        Assert.Equal(live, Estate.Live(
            l => l.Key("parent", "refreshToken")
                .Node("at", "Credential", ("kind", "accessToken"), ("expiresAt", "2025-05-03T00:00:00Z"), ("maxRenewals", null))
                .Node("other", "Credential", ("kind", "accessToken"), ("expiresAt", "2025-05-03T00:00:00Z"), ("maxRenewals", null))
                .Edge("DERIVED_FROM", "at", parent, ("mode", "refresh"))
                .Edge("DERIVED_FROM", "other", "at", ("mode", "refresh")),
            "at"));

    [Theory]
    [InlineData("pat", "Immediate", Truth.False)]
    [InlineData("pat", "AtExpiry", Truth.True)]
    [InlineData("pat", "Never", Truth.True)]
    [InlineData("pat", null, Truth.Unknown)]
    [InlineData("password", null, Truth.False)]
    public void A_credential_dies_with_its_disabled_account_as_the_cascade_of_its_kind_says(string kind, string? cascade, Truth live) =>
        Assert.Equal(live, Estate.Live(
            l => l.Key("c", kind).Node("kim", "Account", ("state", "Disabled")).System("app", cascade is null ? [] : [("cascade_pat", cascade)])
                .Edge("IN_SYSTEM", "kim", "app").Edge("AUTHENTICATES_AS", "c", "kim"),
            "c"));

    [Fact]
    public void Of_several_subjects_one_living_is_enough() =>
        Assert.Equal(Truth.True, Estate.Live(
            l => l.Key("c", "password").Node("kim", "Account", ("state", "Disabled")).Account("lee").Edge("AUTHENTICATES_AS", "c", "kim").Edge("AUTHENTICATES_AS", "c", "lee"),
            "c"));

    [Theory]
    [InlineData("Disabled", true, Truth.True)]
    [InlineData("Disabled", false, Truth.False)]
    [InlineData("Disabled", null, Truth.Unknown)]
    [InlineData("Locked", false, Truth.True)]
    [InlineData("Active", false, Truth.True)]
    public void An_application_grant_outlives_who_consented_as_far_as_it_survives_that(string state, bool? survives, Truth live) =>
        Assert.Equal(live, Estate.Live(
            l => l.Grant("g", "application", survives is null ? [] : [("survivesAuthoriserDisable", survives)]).Node("kim", "Account", ("state", state)).Edge("CONSENTED_BY", "g", "kim"),
            "g"));

    [Fact]
    public void A_delegated_grant_needs_its_user_even_locked() =>
        Assert.Equal(Truth.False, Estate.Live(
            l => l.Grant("g", "delegated", ("survivesAuthoriserDisable", false)).Node("kim", "Account", ("state", "Locked")).Edge("ON_BEHALF_OF", "g", "kim"),
            "g"));

    [Theory]
    [InlineData("2025-06-01T00:00:00Z", Truth.Unknown)]
    [InlineData("2025-07-01T00:00:00Z", Truth.True)]
    public void A_grant_whose_consenter_left_is_unknown_where_nobody_says_that_it_survives(string endAt, Truth live) =>
        Assert.Equal(live, Estate.Live(
            l => l.Grant("g", "application").Account("pat").Node("Pat", "Person").Node("job", "Employment", ("startAt", "2020-01-01T00:00:00Z"), ("endAt", endAt), ("status", "active"))
                .Edge("CONSENTED_BY", "g", "pat").Edge("BELONGS_TO", "pat", "Pat").Edge("EMPLOYED_AS", "Pat", "job"),
            "g"));

    [Theory]
    [InlineData("standing", null, Truth.True)]
    [InlineData("timeBound", null, Truth.Unknown)]
    [InlineData("timeBound", "2025-06-03T00:00:00Z", Truth.True)]
    [InlineData("timeBound", "2025-06-02T00:00:00Z", Truth.False)]
    [InlineData("eligible", null, Truth.Unknown)]
    [InlineData(null, null, Truth.Unknown)]
    public void An_assignment_lives_in_its_window(string? kind, string? expiresAt, Truth live)
    {
        List<(string, object?)> props = [("state", "Active")];
        if (kind is not null)
        {
            props.Add(("assignmentKind", kind));
        }

        if (expiresAt is not null)
        {
            props.Add(("expiresAt", expiresAt));
        }

        Assert.Equal(live, Estate.Live(l => l.Node("a", "Assignment", [.. props]).With(from: "2025-01-01"), "a"));
    }

    [Fact]
    public void A_disabled_service_with_a_live_key_can_still_authenticate()
    {
        var view = Estate.View(l => l.Node("svc", "ServiceIdentity", ("state", "Disabled")).System("cloud", ("cascade_apiKey", "Never")).Key("key")
            .Edge("IN_SYSTEM", "svc", "cloud").Edge("AUTHENTICATES_AS", "key", "svc").Node("old", "ServiceIdentity", ("state", "Disabled")));
        var liveness = new Liveness(view);

        Assert.Equal(Truth.True, liveness.CanAuthenticate(view.Find("svc")!.Value));
        Assert.Equal(Truth.False, liveness.CanAuthenticate(view.Find("old")!.Value));
    }

    [Theory]
    [InlineData("2025-05-20T00:00:00Z", EvidenceGrade.SystemState, Truth.True)]
    [InlineData("2025-05-20T00:00:00Z", EvidenceGrade.TicketRecord, Truth.Unknown)]
    [InlineData("2025-05-10T00:00:00Z", EvidenceGrade.SystemState, Truth.False)]
    public void A_rotation_since_it_was_gained_kills_held_material(string rotatedAt, EvidenceGrade grade, Truth rotated)
    {
        var view = Estate.View(l => l.Node("key", "Credential", ("kind", "apiKey"), ("rotatedAt", rotatedAt)).With(grade: grade));

        Assert.Equal(rotated, new Liveness(view).RotatedSince(view.Find("key")!.Value, Facts.Instant("2025-05-10").UtcTicks));
    }

    [Fact]
    public void The_effective_expiry_is_the_later_of_paper_and_renewals()
    {
        var view = Estate.View(l => l
            .Node("rt", "Credential", ("kind", "refreshToken"), ("issuedAt", "2025-05-02T00:00:00Z"), ("ttl", "P1D"), ("expiresAt", "2025-05-03T00:00:00Z"), ("renewable", true), ("maxRenewals", 60))
            .Node("pat", "Credential", ("kind", "pat"), ("expiresAt", "2025-07-01T00:00:00Z"))
            .Node("key", "Credential", ("kind", "apiKey")));
        var liveness = new Liveness(view);

        Assert.Equal("2025-07-02T00:00:00Z", liveness.EffectiveExpiry(view.Find("rt")!.Value).ToString());
        Assert.Equal("2025-07-01T00:00:00Z", liveness.EffectiveExpiry(view.Find("pat")!.Value).ToString());
        Assert.Equal(ExpiryKind.Unknown, liveness.EffectiveExpiry(view.Find("key")!.Value).Kind);
    }

    [Fact]
    public void The_reason_names_what_decided()
    {
        var view = Estate.View(l => l.Node("kim", "Account", ("state", "Disabled")).With(from: "2025-05-30T18:00:00Z").Node("key", "Credential", ("kind", "pat"), ("expiresAt", "2025-05-15T00:00:00Z")));
        var liveness = new Liveness(view);

        Assert.Equal(new LivenessReason(Truth.False, "Disabled (SystemState)", Facts.Instant("2025-05-30T18:00:00Z").UtcTicks), liveness.Explain(view.Find("kim")!.Value));
        Assert.Equal("expired 2025-05-15T00:00:00Z", liveness.Explain(view.Find("key")!.Value).Why);
    }
}
