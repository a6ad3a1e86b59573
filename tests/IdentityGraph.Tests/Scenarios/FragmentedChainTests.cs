using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>SC-16: the four questions at each of the four handoffs, and the nearest cases that answer otherwise. Its findings are tested with the rules.</summary>
public sealed class FragmentedChainTests
{
    [Fact]
    public async Task SC_16_1_the_bots_token_was_issued_by_policy_for_Lee_and_ran_out_after_half_an_hour()
    {
        var h1 = await Shown("h1", FragmentedChain.Facts());
        Assert.Equal(new InitiatorAnswer("bot-chat", "lee@chat", "lee"), h1.Initiator);
        Assert.Equal(new HandoffCredential("tok-bot", Gap: false), h1.Credential);
        Assert.Equal("PolicyIssued", h1.Issuance);
        Assert.Equal(Ends("2025-05-05T09:30:00Z", "Expired"), h1.Expiry);
    }

    [Fact]
    public async Task SC_16_2_what_Lee_copied_by_hand_used_no_known_credential()
    {
        var h2 = await Shown("h2", FragmentedChain.Facts());
        Assert.Equal(new InitiatorAnswer("lee@chat", "none", "lee"), h2.Initiator);
        Assert.Equal(new HandoffCredential(null, Gap: true), h2.Credential);
        Assert.Equal("ManuallyCopied", h2.Issuance);
        Assert.Equal(new HandoffExpiry { Declared = null, Effective = null, Revoked = null, State = "Unknown" }, h2.Expiry);
    }

    [Fact]
    public async Task SC_16_3_the_pasted_key_counts_as_copied_though_an_API_call_used_it()
    {
        var h3 = await Shown("h3", FragmentedChain.Facts());
        Assert.Equal(new InitiatorAnswer("automation", "none", "none"), h3.Initiator);
        Assert.Equal(new HandoffCredential("key-shared", Gap: false), h3.Credential);
        Assert.Equal("ManuallyCopied", h3.Issuance);
        Assert.Equal(Ends("never", "Live"), h3.Expiry);
    }

    [Fact]
    public async Task SC_16_4_the_job_names_who_acted_before_it_and_its_token_was_issued_by_policy()
    {
        var h4 = await Shown("h4", FragmentedChain.Facts());
        Assert.Equal(new InitiatorAnswer("svc-deploy", "automation", "none"), h4.Initiator);
        Assert.Equal(new HandoffCredential("sts-77", Gap: false), h4.Credential);
        Assert.Equal("PolicyIssued", h4.Issuance);
        Assert.Equal(Ends("2025-05-05T09:59:00Z", "Expired"), h4.Expiry);
    }

    [Fact]
    public async Task Fourteen_of_sixteen_cells_are_answered()
    {
        var chain = await Chain(FragmentedChain.Facts());
        Assert.Equal(["h1", "h2", "h3", "h4"], chain.Handoffs.Select(handoff => handoff.Id));
        Assert.Equal(14 / 16.0, chain.Completeness);
        Assert.All(chain.Hops, hop => Assert.Equal("Handoff", hop.Kind));
    }

    [Fact]
    public async Task While_the_token_runs_it_is_live()
    {
        var facts = Facts.Of("2025-05-05T09:10:00Z", run => FragmentedChain.Handoff(
                run.Node("tok", "Credential", ("kind", "accessToken"), ("issuedAt", FragmentedChain.At("09:00")), ("expiresAt", FragmentedChain.At("09:30"))),
                "h1", "ask", "post", "09:05", "message", "bot-chat", onBehalfOf: null)
            .Edge("USED_CREDENTIAL", "h1", "tok"));
        Assert.Equal("Live", (await Shown("h1", facts, "h1", "2025-05-05T09:29:59Z")).Expiry.State);
        Assert.Equal("Expired", (await Shown("h1", facts, "h1", "2025-05-05T09:30:00Z")).Expiry.State);
    }

    [Fact]
    public async Task Who_revoked_a_credential_and_when_is_told()
    {
        var facts = Alone("api", ("revokedAt", FragmentedChain.At("09:10")), ("revokedBy", "kim"), ("expiresAt", null));
        var expiry = (await Shown("h9", facts, "h9")).Expiry;
        Assert.Equal(new RevocationAnswer("kim", FragmentedChain.At("09:10"), "SystemState"), expiry.Revoked);
        Assert.Equal("Revoked", expiry.State);
    }

    [Theory]
    [InlineData("api", "Unknown", "standing")]
    [InlineData("file", "ManuallyCopied", "method")]
    [InlineData("spreadsheet", "ManuallyCopied", "method")]
    public async Task A_standing_credential_of_its_own_holder_is_unknown_unless_it_was_copied(string method, string issuance, string reason)
    {
        var h9 = await Shown("h9", Alone(method, ("expiresAt", null)), "h9");
        Assert.Equal((issuance, reason), (h9.Issuance, h9.IssuanceReason));
    }

    [Theory]
    [InlineData("10:04", "PolicyIssued")] // lives exactly as long as a step's token may
    [InlineData("10:05", "Unknown")]
    public async Task A_token_that_outlives_the_step_is_not_issued_by_policy(string expires, string issuance)
    {
        var facts = Alone("api", policy: true, ("issuedAt", FragmentedChain.At("09:04")), ("expiresAt", FragmentedChain.At(expires)));
        Assert.Equal(issuance, (await Shown("h9", facts, "h9")).Issuance);
    }

    [Theory]
    [InlineData("prod", "PolicyIssued")]
    [InlineData("somewhere-else", "Unknown")]
    public async Task A_token_for_another_audience_is_not_issued_for_this_step(string audience, string issuance)
    {
        var facts = FragmentedChain.Facts(run => run
            .Node("prod", "System").Edge("ACTED_ON", "job", "prod")
            .Node("sts-78", "Credential", ("kind", "accessToken"), ("issuedAt", FragmentedChain.At("09:44")), ("expiresAt", FragmentedChain.At("09:59")), ("audience", new[] { audience }))
            .Edge("AUTHENTICATES_AS", "sts-78", "svc-deploy").Edge("GOVERNED_BY", "sts-78", "deploy-policy")
            .Node("h5", "Handoff", ("method", "api"), ("occurredAt", FragmentedChain.At("09:46")), ("onBehalfOf", null))
            .Edge("HANDOFF_FROM", "h5", "call").Edge("HANDOFF_TO", "h5", "job").Edge("INITIATED_BY", "h5", "svc-deploy").Edge("USED_CREDENTIAL", "h5", "sts-78"));
        Assert.Equal(issuance, (await Shown("h5", facts)).Issuance);
    }

    [Theory]
    [InlineData("key-shared", "Forwarded", null)]
    [InlineData("sts-77", "PolicyIssued", null)]
    public async Task The_credential_of_the_hop_before_used_again_is_forwarded(string used, string issuance, string? reason)
    {
        var facts = FragmentedChain.Facts(run => FragmentedChain
            .Handoff(run.Node("push", "StepRun").Edge("STEP_OF", "push", "run-7").Node("key-copy", "Credential", ("kind", "apiKey"), ("fingerprint", "f1"), ("expiresAt", null)), "h6", "job", "push", "09:50", "api", used == "sts-77" ? "svc-deploy" : "prod-api", onBehalfOf: null)
            .Edge("USED_CREDENTIAL", "h6", used == "sts-77" ? "sts-79" : "sts-77")
            .Node("sts-79", "Credential", ("kind", "accessToken"), ("issuedAt", FragmentedChain.At("09:49")), ("expiresAt", FragmentedChain.At("09:59")))
            .Edge("AUTHENTICATES_AS", "sts-79", "svc-deploy").Edge("GOVERNED_BY", "sts-79", "deploy-policy"));
        var h6 = await Shown("h6", facts);
        Assert.Equal((issuance, reason), (h6.Issuance, h6.IssuanceReason));
    }

    [Theory]
    [InlineData(true, "Exchanged")]
    [InlineData(false, "Unknown")] // acting party unknown
    public async Task An_exchange_that_names_who_acted_before_is_an_exchange(bool named, string issuance)
    {
        var facts = FragmentedChain.Facts(run =>
        {
            FragmentedChain.Handoff(run.Node("push", "StepRun").Edge("STEP_OF", "push", "run-7"), "h7", "job", "push", "09:50", "tokenExchange", "pusher", onBehalfOf: null)
                .Node("pusher", "ServiceIdentity", ("state", "Active"))
                .Node("sts-80", "Credential", ("kind", "accessToken"), ("issuedAt", FragmentedChain.At("09:49")), ("expiresAt", FragmentedChain.At("09:59")))
                .Edge("AUTHENTICATES_AS", "sts-80", "pusher").Edge("GOVERNED_BY", "sts-80", "deploy-policy")
                .Edge("DERIVED_FROM", "sts-80", "sts-77", ("mode", "exchange"))
                .Edge("USED_CREDENTIAL", "h7", "sts-80");
            if (named)
            {
                run.Edge("ACTS_FOR", "h7", "svc-deploy", ("actDepth", 0));
            }
        });
        Assert.Equal(issuance, (await Shown("h7", facts)).Issuance);
    }

    [Fact]
    public async Task SC_18_nested_actors_lead_to_the_human_at_the_root()
    {
        var facts = Facts.Of(FragmentedChain.ThatNight, run =>
        {
            OwnershipLattice.Employs(run, "rae").Node("rae@idp", "Account", ("state", "Active")).Edge("BELONGS_TO", "rae@idp", "rae");
            run.Node("orch", "Agent", ("state", "Active")).Node("tool", "Agent", ("state", "Active"))
                .Node("h1", "Handoff", ("method", "tokenExchange"), ("occurredAt", FragmentedChain.At("10:00")))
                .Edge("INITIATED_BY", "h1", "tool")
                .Edge("ACTS_FOR", "h1", "tool", ("actDepth", 0)).Edge("ACTS_FOR", "h1", "orch", ("actDepth", 1)).Edge("ACTS_FOR", "h1", "rae@idp", ("actDepth", 2));
        });
        Assert.Equal(new InitiatorAnswer("tool", "orch", "rae"), (await Shown("h1", facts, "h1")).Initiator);
    }

    [Theory]
    [InlineData("tokenExchange")]
    [InlineData("api")] // the credential shows that it was exchanged
    public async Task SC_18_without_act_at_the_second_hop_the_acting_party_is_unknown_and_the_question_not_answered(string method)
    {
        var whole = await Chain(Delegated(method, named: true), "agents");
        Assert.Equal(new InitiatorAnswer("tool", "orch", "rae"), whole.Handoffs.Single(hop => hop.Id == "hop-2").Initiator);
        Assert.Equal("Exchanged", whole.Handoffs.Single(hop => hop.Id == "hop-2").Issuance);

        var broken = await Chain(Delegated(method, named: false), "agents");
        var hop2 = broken.Handoffs.Single(hop => hop.Id == "hop-2");
        Assert.Equal(new InitiatorAnswer("tool", null, "rae") { Gap = "actingPartyUnknown" }, hop2.Initiator);
        Assert.Equal(("Unknown", "actingPartyUnknown"), (hop2.Issuance, hop2.IssuanceReason));
        Assert.Equal(new InitiatorAnswer("orch", "rae@idp", "rae"), broken.Handoffs.Single(hop => hop.Id == "hop-1").Initiator);

        // Who, and how it was issued: two of eight cells less.
        Assert.Equal(2 / 8.0, whole.Completeness - broken.Completeness);
    }

    [Fact]
    public async Task SC_18_an_act_that_names_only_the_tool_itself_does_not_say_for_whom_it_acts()
    {
        // That the token it was exchanged for is Rae's own names nobody who acted.
        var facts = Delegated("tokenExchange", named: false, run => run.Edge("ACTS_FOR", "hop-2", "tool", ("actDepth", 0)).Edge("AUTHENTICATES_AS", "tok-1", "rae@idp"));
        var hop2 = await Shown("hop-2", facts, "agents");
        Assert.Equal(new InitiatorAnswer("tool", null, "rae") { Gap = "actingPartyUnknown" }, hop2.Initiator);
        Assert.Equal(("Unknown", "actingPartyUnknown"), (hop2.Issuance, hop2.IssuanceReason));
    }

    [Fact]
    public async Task What_was_not_exchanged_is_done_for_whom_the_record_names()
    {
        var facts = Facts.Of(FragmentedChain.ThatNight, run => FragmentedChain.Handoff(
            OwnershipLattice.Employs(run, "rae").Node("rae@idp", "Account", ("state", "Active")).Edge("BELONGS_TO", "rae@idp", "rae"),
            "h1", "a", "b", "09:00", "api", "bot", onBehalfOf: "rae@idp"));
        Assert.Equal(new InitiatorAnswer("bot", "rae@idp", "rae"), (await Shown("h1", facts, "h1")).Initiator);
    }

    [Fact]
    public async Task A_record_that_was_not_read_for_whom_leaves_the_root_unknown()
    {
        var facts = Facts.Of(FragmentedChain.ThatNight, run => run
            .Node("automation", "ServiceIdentity", ("state", "Active"))
            .Node("h1", "Handoff", ("method", "api")).Edge("INITIATED_BY", "h1", "automation"));
        var h1 = await Shown("h1", facts, "h1");
        Assert.Equal(new InitiatorAnswer("automation", null, null) { Gap = "rootHumanUnknown" }, h1.Initiator);
        Assert.Equal(0, (await Chain(facts, "h1")).Completeness);
    }

    [Fact]
    public async Task Handoffs_that_nothing_connects_are_drawn_with_a_gap_between_them()
    {
        var facts = Facts.Of(FragmentedChain.ThatNight, run =>
        {
            FragmentedChain.Handoff(run, "h1", "ask", "post", "09:05", "message", "bot", onBehalfOf: null);
            run.Node("h2", "Handoff", ("method", "api"), ("occurredAt", FragmentedChain.At("09:30")), ("correlationId", "c-1")).Edge("HANDOFF_FROM", "h2", "elsewhere");
            run.Node("h1", "Handoff", ("correlationId", "c-1"));
        });
        Assert.Equal(
            [new HandoffHop("Handoff", "h1", "ask", "post"), new HandoffHop("Unknown", null, "post", "elsewhere"), new HandoffHop("Handoff", "h2", "elsewhere", null)],
            (await Chain(facts, "h1")).Hops);
    }

    [Fact]
    public async Task Runs_are_listed_with_how_much_of_them_is_answered()
    {
        var answer = await FactsStore.Ask(FragmentedChain.Facts(run => run.Node("idle", "Run"))).HandoffListAsync(FactsStore.As(FragmentedChain.ThatNight), TestContext.Current.CancellationToken);
        Assert.Equal(
            [new RunWithHandoffs { Run = "run-7", Workflow = null, StartedAt = FragmentedChain.At("09:00"), Handoffs = 4, Completeness = 14 / 16.0 }],
            answer.Data.Runs);
    }

    [Fact]
    public async Task A_run_nobody_stated_is_refused_by_name()
    {
        var refused = await Assert.ThrowsAsync<UnknownIdentityException>(() => Chain(FragmentedChain.Facts(), "run-8"));
        Assert.Contains("`run-8`", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Rae's token, exchanged for the orchestrator, exchanged again for the tool.</summary>
    private static Facts Delegated(string method, bool named, Action<Facts.Lines>? more = null) => Facts.Of(FragmentedChain.ThatNight, run =>
    {
        OwnershipLattice.Employs(run, "rae").Node("rae@idp", "Account", ("state", "Active")).Edge("BELONGS_TO", "rae@idp", "rae");
        run.Node("agents", "Run").Node("orch", "Agent", ("state", "Active")).Node("tool", "Agent", ("state", "Active"));
        foreach (var step in new[] { "prompt", "plan", "call" })
        {
            run.Node(step, "StepRun").Edge("STEP_OF", step, "agents");
        }

        foreach (var token in new[] { "tok-1", "tok-2" })
        {
            run.Node(token, "Credential", ("kind", "accessToken"), ("issuedAt", FragmentedChain.At("09:00")), ("expiresAt", FragmentedChain.At("09:30")));
        }

        run.Edge("AUTHENTICATES_AS", "tok-1", "orch").Edge("AUTHENTICATES_AS", "tok-2", "tool").Edge("DERIVED_FROM", "tok-2", "tok-1", ("mode", "exchange"));
        FragmentedChain.Handoff(run, "hop-1", "prompt", "plan", "09:00", method, "orch", onBehalfOf: "rae@idp").Edge("USED_CREDENTIAL", "hop-1", "tok-1").Edge("ACTS_FOR", "hop-1", "orch", ("actDepth", 0));
        FragmentedChain.Handoff(run, "hop-2", "plan", "call", "09:01", method, "tool", onBehalfOf: "rae@idp").Edge("USED_CREDENTIAL", "hop-2", "tok-2");
        if (named)
        {
            run.Edge("ACTS_FOR", "hop-2", "tool", ("actDepth", 0)).Edge("ACTS_FOR", "hop-2", "orch", ("actDepth", 1));
        }

        more?.Invoke(run);
    });

    private static HandoffExpiry Ends(string at, string state) => new() { Declared = at, Effective = at, Revoked = null, State = state };

    private static Facts Alone(string method, params (string Name, object? Value)[] credential) => Alone(method, policy: false, credential);

    /// <summary>One handoff of bot with its own credential.</summary>
    private static Facts Alone(string method, bool policy, params (string Name, object? Value)[] credential) => Facts.Of(FragmentedChain.ThatNight, run =>
    {
        OwnershipLattice.Runs(run, "bot");
        FragmentedChain.Handoff(run, "h9", "a", "b", "09:05", method, "bot", onBehalfOf: null)
            .Node("tok-9", "Credential", [("kind", "accessToken"), .. credential])
            .Edge("AUTHENTICATES_AS", "tok-9", "bot").Edge("USED_CREDENTIAL", "h9", "tok-9");
        if (policy)
        {
            run.Edge("GOVERNED_BY", "tok-9", "a-policy");
        }
    });

    private static async Task<HandoffAnswer> Shown(string handoff, Facts facts, string run = "run-7", string asOf = FragmentedChain.ThatNight) =>
        (await Chain(facts, run, asOf)).Handoffs.Single(shown => shown.Id == handoff);

    private static async Task<HandoffsAnswer> Chain(Facts facts, string run = "run-7", string asOf = FragmentedChain.ThatNight) =>
        (await FactsStore.Ask(facts).HandoffShowAsync(FactsStore.As(asOf), run, TestContext.Current.CancellationToken)).Data;
}
