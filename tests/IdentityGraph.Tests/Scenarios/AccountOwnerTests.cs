using IdentityGraph.Analyze;
using IdentityGraph.Analyze.Ownership;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Accounts as owners: whose they are is known only where somebody would have said so.</summary>
public sealed class AccountOwnerTests
{
    private const string Today = OwnershipLattice.Today;

    /// <summary>A directory that lists its accounts and the owners of what runs in it, and no person.</summary>
    private static Facts Directory(Action<Facts.Lines>? more = null) => Facts.Of(Today, run =>
    {
        run.Node("svc@ad", "Account", ("state", "Active")).Node("key", "Credential", ("kind", "apiKey"), ("expiresAt", null)).Edge("AUTHENTICATES_AS", "key", "svc@ad");
        OwnershipLattice.Runs(run, "bot").Edge("OWNED_BY", "bot", "svc@ad");
        more?.Invoke(run);
    });

    [Fact]
    public void An_account_that_no_source_could_link_to_a_person_leaves_its_owner_unknown()
    {
        Assert.Equal("Unknown O7 {}", Directory().Verdict("bot"));
        Assert.Equal("Unknown O7 {}", Directory().Verdict("key"));
        Assert.Equal("Unknown O7 {}", Directory().Verdict("svc@ad"));
    }

    [Fact]
    public void Where_HR_was_read_to_its_end_an_account_without_a_person_is_nobodys()
    {
        var company = Directory(run => OwnershipLattice.Employs(run, "ann").Edge("OWNED_BY", "key", "svc@ad"));
        Assert.Equal("Orphaned O4 {}", company.Verdict("bot"));
        Assert.Equal("Orphaned O4 {}", company.Verdict("key"));
    }

    [Theory]
    [InlineData("2025-04-15", "Orphaned O4 {}")]
    [InlineData("2025-08-15", "Unknown O7 {}")] // HR as of April proves nothing of August
    public void A_stale_reading_of_HR_proves_no_account_to_be_nobodys(string asOf, string verdict)
    {
        var facts = Directory(run => OwnershipLattice.Employs(run, "ann"));
        facts.Run("directory", "2025-08-15", run => run
            .Node("svc@ad", "Account", ("state", "Active")).Complete("Account")
            .Node("bot", "ServiceIdentity", ("state", "Active")).Complete("ServiceIdentity")
            .Edge("OWNED_BY", "bot", "svc@ad").Complete("OWNED_BY"));
        Assert.Equal(verdict, facts.Verdict("bot", asOf));
    }

    [Fact]
    public void A_complete_list_of_whose_accounts_are_makes_silence_about_one_evidence() => Assert.Equal(
        "Orphaned O4 {}",
        Directory(run => run.Node("ann@ad", "Account").Node("ann", "Person").Edge("BELONGS_TO", "ann@ad", "ann")).Verdict("bot"));

    [Theory]
    [InlineData("BELONGS_TO", "Orphaned O4 {}")]
    [InlineData("owners", "Orphaned O4 {}")]
    [InlineData("persons", "Unknown O7 {}")]
    public void So_does_a_stream_named_for_it(string stream, string verdict) => Assert.Equal(verdict, Directory(run => run.Complete(stream)).Verdict("bot"));

    [Fact]
    public void A_list_that_broke_off_does_not() => Assert.Equal(
        "Unknown O7 {}",
        new Facts().Run("source", Today, run => OwnershipLattice.Runs(run, "bot")
            .Node("svc@ad", "Account").Edge("OWNED_BY", "bot", "svc@ad")
            .Node("ann@ad", "Account").Edge("BELONGS_TO", "ann@ad", "ann")
            .Complete("ServiceIdentity").Complete("OWNED_BY").Complete("Account").Incomplete("BELONGS_TO")).Verdict("bot"));

    [Fact]
    public void An_account_of_a_leaver_stays_certain_whoever_else_was_not_read()
    {
        var company = Directory(run =>
        {
            OwnershipLattice.Employs(run, "bob", end: "2025-03-31").Node("bob@ad", "Account").Edge("BELONGS_TO", "bob@ad", "bob");
            OwnershipLattice.Runs(run, "cron").Edge("OWNED_BY", "cron", "bob@ad");
        });
        Assert.Equal("Orphaned O2 {}", company.Verdict("cron"));
        Assert.True(company.Of("cron").IsCertain);
    }

    [Fact]
    public void An_owner_stated_for_an_account_answers_beside_its_person()
    {
        void Both(Facts.Lines run) => OwnershipLattice.Employs(OwnershipLattice.Employs(run, "ann"), "bob", end: "2025-03-31").Edge("OWNED_BY", "svc@ad", "ann");
        Assert.Equal("Owned {ann}", Directory(Both).Verdict("bot"));
        Assert.Equal("Owned {ann}", Directory(Both).Verdict("key"));
        Assert.Equal("Owned {ann}", Directory(run => Both(run.Edge("BELONGS_TO", "svc@ad", "bob"))).Verdict("bot"));
        Assert.Equal("Orphaned O2 {}", Directory(run => OwnershipLattice.Employs(run, "bob", end: "2025-03-31").Edge("BELONGS_TO", "svc@ad", "bob")).Verdict("bot"));
    }

    [Fact]
    public void One_of_role_technical_does_not() => Assert.Equal(
        "Orphaned O4 {}",
        Directory(run => OwnershipLattice.Employs(run, "ann").Edge("OWNED_BY", "svc@ad", "ann", ("role", "technical"))).Verdict("bot"));

    [Fact]
    public void An_account_that_lost_its_only_owner_has_a_gap() => Assert.Equal(
        "Orphaned O8 {}",
        Directory(run => OwnershipLattice.Employs(run, "ann").Edge("OWNED_BY", "svc@ad", "ann").With(from: "2024-01-01", until: "2025-01-01")).Verdict("svc@ad"));

    [Fact]
    public void Owners_in_one_long_cycle_are_told_in_one_go()
    {
        const int Members = 20_000;
        var view = Facts.Of(Today, run =>
        {
            for (var n = 0; n < Members; n++)
            {
                OwnershipLattice.Runs(run, $"n{n}").Edge("OWNED_BY", $"n{n}", $"n{(n + 1) % Members}");
            }
        }).At(Today);
        var owners = OwnershipLattice.Owners(view);
        Assert.All(Owners.Kinds.SelectMany(view.Of), node => Assert.Equal("Orphaned O5 {}", OwnershipLattice.Say(owners.Of(node))));
        Assert.Equal(Members, TopmostOrphans.In(owners, TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void One_person_in_post_answers_for_all_of_a_long_cycle()
    {
        const int Members = 20_000;
        var view = Facts.Of(Today, run =>
        {
            OwnershipLattice.Employs(run, "ann").Edge("OWNED_BY", "n7", "ann");
            for (var n = 0; n < Members; n++)
            {
                OwnershipLattice.Runs(run, $"n{n}").Edge("OWNED_BY", $"n{n}", $"n{(n + 1) % Members}");
            }
        }).At(Today);
        var owners = OwnershipLattice.Owners(view);
        Assert.All(Owners.Kinds.SelectMany(view.Of), node => Assert.Equal("Owned {ann}", OwnershipLattice.Say(owners.Of(node))));
    }

    [Fact]
    public void A_cycle_whose_members_have_an_empty_group_beside_each_other_is_found_all_the_same()
    {
        Facts Company(string owner) => OwnershipLattice.Company(run =>
        {
            OwnershipLattice.Runs(run, "x").Edge("OWNED_BY", "x", "y").Edge("OWNED_BY", "x", owner);
            OwnershipLattice.Runs(run, "y").Edge("OWNED_BY", "y", "x").Edge("OWNED_BY", "y", owner);
        });
        Assert.Equal(["x", "y"], Found(Company("empty")));
        Assert.Empty(Found(Company("mixed")));
    }

    /// <summary>Subjects of IG-O01 among x and y.</summary>
    private static IEnumerable<string> Found(Facts facts)
    {
        var analysis = new Analysis(facts.At(Today), new Policies.AnalysisPolicy(), IdentityGraph.Analyze.Reach.AttackerProfile.ExternalBearer);
        return Evaluation.Of(analysis, [Analyzers.Find("IG-O01")!]).Findings.Select(finding => finding.Subject).Where(subject => subject is "x" or "y").Order();
    }
}
