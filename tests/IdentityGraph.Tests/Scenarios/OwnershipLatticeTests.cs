using IdentityGraph.Analyze.Ownership;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>SC-15 row by row, each with the nearest case that is not it.</summary>
public sealed class OwnershipLatticeTests
{
    private static readonly Facts s_company = OwnershipLattice.Company();

    [Fact]
    public void SC_15_1_what_never_had_an_owner_and_what_belonged_to_a_leaver_are_orphans()
    {
        Assert.Equal("Orphaned O1 {}", s_company.Verdict("n1"));
        Assert.Equal("Orphaned O2 {}", s_company.Verdict("n2"));
    }

    [Fact]
    public void SC_15_1_until_the_last_day_bob_answers_for_his() =>
        Assert.Equal("AtRisk {bob}", Read("2025-03-30").Verdict("n2", "2025-03-30T23:00:00Z"));

    [Fact]
    public void SC_15_2_a_group_answers_as_far_as_somebody_in_it_is_employed()
    {
        Assert.Equal("Orphaned O3 {}", s_company.Verdict("n3"));
        Assert.Equal("Orphaned O3 {}", s_company.Verdict("n4"));
        Assert.Equal("UnderOwned {ann}", s_company.Verdict("n5"));
        Assert.False(s_company.Of("n5").IsNamed);
    }

    [Fact]
    public void SC_15_2_a_group_beside_a_named_person_is_enough() =>
        Assert.Equal("Owned {ann}", OwnershipLattice.Company(run => run.Edge("OWNED_BY", "n5", "ann")).Verdict("n5"));

    [Fact]
    public void SC_15_3_owners_who_only_own_each_other_answer_for_nothing()
    {
        Assert.Equal("Orphaned O4 {}", s_company.Verdict("n6"));
        Assert.Equal("Orphaned O5 {}", s_company.Verdict("n7"));
        Assert.Equal("Orphaned O5 {}", s_company.Verdict("n8"));
        Assert.Equal("Owned {ann}", s_company.Verdict("n10"));
        Assert.Equal("Owned {ann}", s_company.Verdict("n11"));
    }

    [Fact]
    public void SC_15_4_a_purpose_that_ended_and_an_owner_at_risk_stand_beside_ownership()
    {
        Assert.Equal("Owned {ann}", s_company.Verdict("n9"));
        Assert.Equal(Purpose.Ended, s_company.Of("n9").Purpose);
        Assert.Equal("AtRisk {dan}", s_company.Verdict("n14"));
        Assert.Equal(OwnerRisk.Moved, Assert.Single(s_company.Of("n14").AtRisk).Why);
        Assert.Equal("AtRisk {cat}", s_company.Verdict("n15"));
        Assert.Equal(OwnerRisk.OnLeave, Assert.Single(s_company.Of("n15").AtRisk).Why);
    }

    [Fact]
    public void SC_15_4_serving_one_workflow_that_runs_is_purpose_enough() => Assert.Equal(
        Purpose.Active,
        OwnershipLattice.Company(run => run.Node("hourly", "Workflow", ("state", "Active")).Edge("SERVES", "n9", "hourly")).Of("n9").Purpose);

    [Theory]
    [InlineData("2025-03-10", "Owned {dan}")] // taken over on the day of the move
    [InlineData("2025-03-09", "AtRisk {dan}")]
    public void SC_15_4_ownership_that_began_with_the_new_role_is_not_at_risk(string since, string verdict) => Assert.Equal(
        verdict,
        OwnershipLattice.Company(run => OwnershipLattice.Runs(run, "n14b").Edge("OWNED_BY", "n14b", "dan").With(from: since)).Verdict("n14b"));

    [Theory]
    [InlineData("2025-03-11", "Owned {dan}")]
    [InlineData("2025-03-09", "AtRisk {dan}")]
    public void SC_15_4_a_review_after_the_move_confirms_the_owner(string reviewed, string verdict) => Assert.Equal(
        verdict,
        OwnershipLattice.Company(run => run.Node("item", "ReviewItem", ("decision", "keep"), ("at", Facts.Instant(reviewed))).Edge("REVIEWS", "item", "n14")).Verdict("n14"));

    [Fact]
    public void SC_15_5_an_owner_in_words_is_unknown_and_an_external_one_needs_a_sponsor()
    {
        Assert.Equal("Unknown O7 {}", s_company.Verdict("n12"));
        Assert.Equal("Orphaned O6 {}", s_company.Verdict("n13"));
        Assert.Equal("Owned {ann}", s_company.Verdict("n16"));
    }

    [Theory]
    [InlineData(true, "Owned {fay}")]
    [InlineData(false, "Orphaned O6 {}")]
    public void SC_15_5_a_vendors_contact_under_contract_counts_only_with_a_sponsor(bool sponsored, string verdict)
    {
        var facts = OwnershipLattice.Company(run =>
        {
            OwnershipLattice.Employs(run, "fay", kind: "vendor");
            OwnershipLattice.Runs(run, "n13b").Edge("OWNED_BY", "n13b", "fay");
            if (sponsored)
            {
                run.Edge("SPONSORED_BY", "fay", "ann");
            }
        });
        Assert.Equal(verdict, facts.Verdict("n13b"));
    }

    [Theory]
    [InlineData("ann", "Owned {ann}")]
    [InlineData("bob", "Orphaned O6 {}")]
    public void SC_15_5_a_vendor_answers_through_its_internal_sponsor(string sponsor, string verdict)
    {
        var facts = OwnershipLattice.Company(run => OwnershipLattice.Runs(run, "n13c")
            .Node("acme", "Organization", ("kind", "vendor")).Edge("OWNED_BY", "n13c", "acme").Edge("SPONSORED_BY", "acme", sponsor));
        Assert.Equal(verdict, facts.Verdict("n13c"));
    }

    [Fact]
    public void SC_15_6_a_gap_between_owners_is_a_gap_until_the_next_one_begins()
    {
        Assert.Equal("Orphaned O8 {}", s_company.Verdict("n17"));
        Assert.Equal("Orphaned O8 {}", s_company.Verdict("n17", "2025-05-31T23:59:59Z"));
        Assert.Equal("Owned {ann}", s_company.Verdict("n17", "2025-06-02"));
    }

    [Theory]
    [InlineData("2025-03-30", "Unknown O7 {}")]
    [InlineData("2025-03-31", "Orphaned O8 {}")]
    public void SC_15_6_an_owner_of_whom_only_the_end_is_known_was_an_owner_once(string asOf, string verdict)
    {
        var facts = Facts.Of("2025-03-01", run =>
        {
            OwnershipLattice.Employs(run, "ann");
            OwnershipLattice.Runs(run, "n17b").Edge("OWNED_BY", "n17b", "ann").With(until: "2025-03-31");
        });
        Assert.Equal(verdict, facts.Verdict("n17b", asOf));
    }

    [Fact]
    public void SC_15_6_an_owner_who_is_yet_to_begin_was_never_one() => Assert.Equal(
        "Orphaned O1 {}",
        OwnershipLattice.Company(run => OwnershipLattice.Runs(run, "n17c").Edge("OWNED_BY", "n17c", "ann").With(from: "2025-06-01")).Verdict("n17c"));

    [Fact]
    public void SC_15_6_what_cannot_authenticate_any_more_is_a_tombstone()
    {
        Assert.Equal("Unknown tombstone {}", s_company.Verdict("n18"));
        Assert.Equal("Orphaned O2 {}", OwnershipLattice.Company(run => Key(run, "key-18", "n18", "Never")).Verdict("n18"));
        Assert.Equal("Unknown tombstone {}", OwnershipLattice.Company(run => Key(run, "key-18", "n18", "Immediate")).Verdict("n18"));
    }

    [Fact]
    public void Without_a_source_that_states_owners_nobody_knows_who_answers()
    {
        var facts = new Facts().Run("iam", OwnershipLattice.Today, run => run.Node("n1", "ServiceIdentity", ("state", "Active")).Complete("ServiceIdentity"));
        Assert.Equal("Unknown O7 {}", facts.Verdict("n1"));
    }

    [Fact]
    public void Owners_read_to_their_end_and_none_for_it_is_evidence()
    {
        var facts = new Facts().Run("iam", OwnershipLattice.Today, run => run.Node("n1", "ServiceIdentity", ("state", "Active")).Complete("ServiceIdentity").Complete("OWNED_BY"));
        Assert.Equal("Orphaned O1 {}", facts.Verdict("n1"));
    }

    [Fact]
    public void An_owner_whom_HR_was_not_read_for_may_or_may_not_answer()
    {
        var facts = OwnershipLattice.Company().Run("wiki", OwnershipLattice.Today, run => run
            .Node("gil", "Person").Node("n19", "ServiceIdentity", ("state", "Active")).Edge("OWNED_BY", "n19", "gil").Complete("OWNED_BY"));
        Assert.Equal("Unknown O7 {}", facts.Verdict("n19"));
        Assert.Equal(["gil"], facts.Of("n19").Answering.AtMost.Select(person => person.Id));
    }

    [Fact]
    public void A_technical_owner_does_not_answer() => Assert.Equal(
        "Orphaned O1 {}",
        OwnershipLattice.Company(run => OwnershipLattice.Runs(run, "n20").Edge("OWNED_BY", "n20", "ann", ("role", "technical"))).Verdict("n20"));

    [Fact]
    public void A_credential_is_answered_for_through_its_subject_unless_it_has_an_owner_of_its_own()
    {
        var facts = OwnershipLattice.Company(run =>
        {
            Key(run, "key-2", "n2", "Never");
            Key(run, "key-11", "n11", "Never");
            Key(run, "key-own", "n2", "Never").Edge("OWNED_BY", "key-own", "ann");
        });
        Assert.Equal("Orphaned O2 {}", facts.Verdict("key-2"));
        Assert.Equal("Owned {ann}", facts.Verdict("key-11"));
        Assert.Equal("Owned {ann}", facts.Verdict("key-own"));
    }

    [Theory]
    [InlineData("bob@ad", "Orphaned O2 {}")]
    [InlineData("nobody@ad", "Orphaned O1 {}")]
    [InlineData("ann@ad", "Owned {ann}")]
    public void A_token_of_a_persons_account_is_that_persons(string account, string verdict)
    {
        var facts = OwnershipLattice.Company(run => Key(run.Node("nobody@ad", "Account", ("state", "Disabled")), "pat", account, "Never"));
        Assert.Equal(verdict, facts.Verdict("pat"));
    }

    [Fact]
    public void The_owner_chain_is_the_evidence_from_the_node_to_the_employment()
    {
        Assert.Equal(
            ["n4 -OWNED_BY-> bobs", "bob@ad -MEMBER_OF-> bobs", "bob@ad -BELONGS_TO-> bob", "bob -EMPLOYED_AS-> job:bob"],
            s_company.Of("n4").Chain.Select(edge => edge.ToString()));
        Assert.Equal(["n17 -OWNED_BY-> bob"], s_company.Of("n17").Chain.Select(edge => edge.ToString()));
        Assert.Empty(s_company.Of("n1").Chain);
    }

    [Fact]
    public void Keys_of_an_orphan_are_told_under_it()
    {
        var view = OwnershipLattice.Company(run => Key(Key(run, "key-a", "n2", "Never"), "key-b", "n2", "Never")).At(OwnershipLattice.Today);
        var topmost = TopmostOrphans.In(OwnershipLattice.Owners(view), TestContext.Current.CancellationToken);
        Assert.Equal(
            ["n1: ", "n13: ", "n17: ", "n2: key-a, key-b, n6", "n3: ", "n4: ", "n7: ", "n8: "],
            topmost.Select(top => $"{top.Topmost.Node}: {string.Join(", ", top.Under.Select(under => under.Node.Id))}"));
    }

    [Theory]
    [InlineData("scopeApproval", "usageMonitoring", "revocation", "Owned {ann}", "")]
    [InlineData("scopeApproval", "usageMonitoring", "accountable", "UnderOwned {ann}", "revocation")]
    [InlineData("usageMonitoring", "revocation", "accountable", "UnderOwned {ann}", "scopeApproval")]
    public void A_connector_lists_exactly_the_roles_that_nobody_fills(string first, string second, string third, string verdict, string missing)
    {
        var facts = OwnershipLattice.Company(run => run
            .Node("sync", "Connector", ("state", "Active"))
            .Edge("OWNED_BY", "sync", "ann", ("role", first))
            .Edge("OWNED_BY", "sync", "ann", ("role", second))
            .Edge("OWNED_BY", "sync", "ann", ("role", third)));
        Assert.Equal(verdict, facts.Verdict("sync"));
        Assert.Equal(missing, string.Join(", ", facts.Of("sync").MissingRoles));
    }

    [Fact]
    public void The_manager_of_who_left_is_suggested_and_does_not_count_as_owner()
    {
        var facts = OwnershipLattice.Company(run => run
            .Node("hal", "Person")
            .Node("job:hal", "Employment", ("kind", "employee"), ("startAt", Facts.Instant("2020-01-01")), ("endAt", Facts.Instant("2025-01-31")), ("status", "ended"), ("managerId", "ann"))
            .Edge("EMPLOYED_AS", "hal", "job:hal")
            .Node("n21", "ServiceIdentity", ("state", "Active"))
            .Edge("OWNED_BY", "n21", "hal"));
        Assert.Equal("Orphaned O2 {}", facts.Verdict("n21"));
        Assert.Equal("ann", facts.Of("n21").SuggestedOwner?.Id);
        Assert.Null(facts.Of("n2").SuggestedOwner);
    }

    private static Facts Read(string day) => Facts.Of(day, run =>
    {
        OwnershipLattice.Employs(run, "bob", end: "2025-03-31", status: "active");
        OwnershipLattice.Runs(run, "n2").Edge("OWNED_BY", "n2", "bob");
    });

    private static Facts.Lines Key(Facts.Lines run, string key, string subject, string cascade) => run
        .Node($"cloud-{cascade}", "System", ("cascade_apiKey", cascade))
        .Edge("IN_SYSTEM", subject, $"cloud-{cascade}")
        .Node(key, "Credential", ("kind", "apiKey"), ("expiresAt", null))
        .Edge("AUTHENTICATES_AS", key, subject);
}
