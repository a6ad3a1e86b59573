using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Clocks;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Claims held against facts: a claim passes only where it certainly holds; beside each that is broken, the nearest that is not.</summary>
public sealed class AssertQuestionTests
{
    /// <summary>A key opens a robot that writes the ledger, the crown jewel; a guest reads the wiki only.</summary>
    private static readonly Action<Facts.Lines> s_estate = l => l
        .Key("key").Service("robot").Resource("ledger", ("criticality", 6), ("crownJewel", true)).Resource("wiki", ("criticality", 4)).Account("guest")
        .Edge("AUTHENTICATES_AS", "key", "robot").Edge("ENTITLES", "robot", "ledger", ("level", "L3")).Edge("ENTITLES", "guest", "wiki", ("level", "L2"));

    [Fact]
    public async Task A_path_breaks_the_claim_that_there_is_none_and_comes_with_its_proof()
    {
        var broken = await Judge(s_estate, NoPath("key", "ledger"));

        Assert.Equal(("False", false, 1, 1), (broken.Holds, broken.Passed, broken.Scope, broken.Broken));
        var offence = Assert.Single(broken.Offences);
        Assert.Equal(("key", "ledger", "Certain", "p1"), (offence.Subject.Single(), offence.Target, offence.Certainty, offence.Proof));
        Assert.Equal("Write on `ledger` is attained in 2 hop(s)", offence.What);
        Assert.True((await Judge(s_estate, NoPath("key", "wiki"))).Passed);
        Assert.True((await Judge(s_estate, NoPath("key", "ledger") with { Level = Level.L5 })).Passed);
    }

    [Fact]
    public async Task What_is_only_possible_does_not_pass_unless_that_is_allowed()
    {
        Action<Facts.Lines> unsure = l => l.Account("eve").Node("bot", "ServiceIdentity").Resource("db").Edge("CAN_ASSUME", "eve", "bot").Edge("ENTITLES", "bot", "db", ("level", "L2"));

        var strict = await Judge(unsure, NoPath("eve", "db"));
        Assert.Equal(("Unknown", false, "Possible"), (strict.Holds, strict.Passed, strict.Offences.Single().Certainty));
        var allowed = await Judge(unsure, NoPath("eve", "db"), allowPossible: true);
        Assert.Equal(("Unknown", true), (allowed.Holds, allowed.Passed));
        Assert.False((await Judge(s_estate, NoPath("key", "ledger"), allowPossible: true)).Passed);
    }

    [Fact]
    public async Task Edges_that_nobody_can_follow_leave_the_claim_unknown_where_they_touch_it()
    {
        Action<Facts.Lines> odd = l =>
        {
            s_estate(l);
            l.Edge("WHISPERS_TO", "guest", "ledger");
        };

        var touched = await Judge(odd, NoPath("guest", "ledger"));
        Assert.Equal(("Unknown", false, 0), (touched.Holds, touched.Passed, touched.Broken));
        Assert.Contains("WHISPERS_TO of `guest`", touched.Because.Single(), StringComparison.Ordinal);
        Assert.Equal("Unknown", (await Judge(odd, Blast(new BlastLimits(Nodes: 9), "guest"))).Holds);
        Assert.Equal("True", (await Judge(s_estate, NoPath("guest", "ledger"))).Holds);
    }

    [Fact]
    public async Task Starts_are_held_together_unless_each_is_asked()
    {
        Action<Facts.Lines> gate = l => l.Account("one").Account("two").Resource("vault").Resource("lock").Key("token")
            .Edge("STORED_IN", "token", "vault").Edge("ENCRYPTED_WITH", "token", "pgp").Key("pgp").Edge("STORED_IN", "pgp", "lock")
            .Edge("ENTITLES", "one", "vault", ("level", "L2")).Edge("ENTITLES", "two", "lock", ("level", "L2"));
        var both = new NoPathAssertion { From = new Chosen { Ids = ["one", "two"] }, To = new Chosen { Ids = ["token"] } };

        Assert.Equal(["one", "two"], (await Judge(gate, both)).Offences.Single().Subject);
        Assert.Equal(("True", 2), await Holds(gate, both with { Each = true }));
    }

    [Fact]
    public async Task Targets_can_be_the_crown_jewels_and_a_description_that_means_nothing_judges_nothing()
    {
        var jewels = new NoPathAssertion { From = new Chosen { Ids = ["key"] }, To = new Chosen { CrownJewels = true } };

        Assert.Equal("ledger", (await Judge(s_estate, jewels)).Offences.Single().Target);
        var none = await Judge(l => l.Key("key"), jewels);
        Assert.Equal((false, false, 0, "nothing is chosen as a target"), (none.Passed, none.Judged, none.Scope, none.Because.Single()));
        Assert.False((await Judge(l => l.Key("key"), jewels, allowPossible: true)).Passed);
    }

    [Fact]
    public async Task What_is_attained_and_may_be_a_target_leaves_the_claim_unknown()
    {
        Action<Facts.Lines> tiers = l =>
        {
            s_estate(l);
            l.System("core", ("tier", 0)).Resource("root").Edge("IN_SYSTEM", "root", "core").System("edge", ("tier", 2)).Edge("IN_SYSTEM", "wiki", "edge");
        };
        var tier = new NoPathAssertion { From = new Chosen { Ids = ["key"] }, To = new Chosen { Tier = 0 } };

        var unsure = await Judge(tiers, tier);
        Assert.Equal(("Unknown", false, 0), (unsure.Holds, unsure.Passed, unsure.Broken));
        Assert.Contains(unsure.Because, note => note.StartsWith("`ledger` is attained, and may be meant", StringComparison.Ordinal));
        Assert.Equal("True", (await Judge(tiers, tier with { From = new Chosen { Ids = ["guest"] } })).Holds);
        Assert.Equal("True", (await Judge(tiers, tier with { Level = Level.L5 })).Holds);
        Assert.Equal("True", (await Judge(tiers, tier with { To = tier.To with { Except = ["ledger"] } })).Holds);
    }

    [Fact]
    public async Task What_sources_disagree_about_may_be_a_crown_jewel()
    {
        var facts = Facts.Of(Estate.Day, l => l.Key("key").Service("robot").Resource("ledger", ("crownJewel", true)).Resource("vault", ("crownJewel", true)).Resource("wiki", ("crownJewel", false))
            .Edge("AUTHENTICATES_AS", "key", "robot").Edge("ENTITLES", "robot", "ledger", ("level", "L3")).Account("guest").Edge("ENTITLES", "guest", "wiki", ("level", "L2")))
            .Run("cmdb", Estate.Day, l => l.Resource("ledger", ("crownJewel", false)));
        var jewels = new NoPathAssertion { From = new Chosen { Ids = ["key"] }, To = new Chosen { CrownJewels = true } };

        Assert.Equal("Unknown", (await Judge(facts, jewels)).Holds);
        Assert.Equal("True", (await Judge(facts, jewels with { From = new Chosen { Ids = ["guest"] } })).Holds);
        Assert.Equal("Unknown", (await Judge(facts, Blast(new BlastLimits(CrownJewels: 0), "key"))).Holds);
        Assert.Equal("True", (await Judge(facts, Blast(new BlastLimits(CrownJewels: 1), "key"))).Holds);
        Assert.Equal("True", (await Judge(facts, Blast(new BlastLimits(CrownJewels: 0), "guest"))).Holds);
    }

    [Fact]
    public async Task A_claim_about_what_nobody_attains_is_refused_and_one_about_nobody_is_not_judged()
    {
        Action<Facts.Lines> group = l => l.Account("kim").Node("admins", "Group").Edge("MEMBER_OF", "kim", "admins");

        await Assert.ThrowsAsync<WrongKindException>(() => Judge(group, NoPath("kim", "admins")));
        Assert.Equal(0, (await Judge(group, NoPath("nobody", "kim"))).Scope);
    }

    [Fact]
    public async Task A_blast_radius_within_its_budget_passes_and_one_above_it_shows_what_weighs_most()
    {
        // Of a criticality of 10 the ledger is 6, and writing it is 0.6 of that.
        var broken = await Judge(s_estate, Blast(new BlastLimits(Share: 0.3, CrownJewels: 0), "key"));
        Assert.Equal(["crownJewels 1 of 0", "share 0.36 of 0.3"], broken.Offences.Select(one => FormattableString.Invariant($"{one.Measure} {one.Measured} of {one.Limit}")));
        Assert.All(broken.Offences, one => Assert.Equal(("ledger", "Certain"), (one.Target, one.Certainty)));
        Assert.Equal("True", (await Judge(s_estate, Blast(new BlastLimits(2, 3.6, 0.36, 1), "key"))).Holds);
    }

    [Fact]
    public async Task What_may_fall_counts_against_the_budget()
    {
        Action<Facts.Lines> unsure = l => l.Account("eve").Resource("db").Edge("ENTITLES", "eve", "db");

        var strict = await Judge(unsure, Blast(new BlastLimits(Score: 0.5), "eve"));
        Assert.Equal(("Unknown", "Possible"), (strict.Holds, strict.Offences.Single().Certainty));
        Assert.Equal("True", (await Judge(unsure, Blast(new BlastLimits(Score: 3), "eve"))).Holds);
    }

    [Fact]
    public async Task Each_has_the_budget_of_its_tier_and_where_that_is_unknown_the_strictest()
    {
        Action<Facts.Lines> tiers = l => l.System("core", ("tier", 0)).System("edge", ("tier", 2)).Resource("a").Resource("b")
            .Service("admin").Service("shop").Service("stray").Edge("IN_SYSTEM", "admin", "core").Edge("IN_SYSTEM", "shop", "edge");
        Action<Facts.Lines> all = l =>
        {
            tiers(l);
            foreach (var who in (string[])["admin", "shop", "stray"])
            {
                l.Edge("ENTITLES", who, "a", ("level", "L2")).Edge("ENTITLES", who, "b", ("level", "L2"));
            }
        };
        var claim = new MaxBlastAssertion { Of = new Chosen { NonHuman = true }, PerTier = new Dictionary<int, BlastLimits> { [0] = new(2), [2] = new(1) } };

        Assert.Equal(["shop Certain", "stray Possible"], (await Judge(all, claim)).Offences.Select(one => $"{one.Subject.Single()} {one.Certainty}"));
        Assert.Equal(["shop Certain", "stray Certain"], (await Judge(all, claim with { UnknownTier = new BlastLimits(0) })).Offences.Select(one => $"{one.Subject.Single()} {one.Certainty}").Order());
        Assert.Equal("True", (await Judge(all, claim with { Of = new Chosen { NonHuman = true, Tier = 0 } })).Holds);

        // Held together with one whose tier nobody knows: that may be the lower one.
        var lax = claim with { Of = new Chosen { Ids = ["shop", "stray"] }, Together = true, PerTier = new Dictionary<int, BlastLimits> { [0] = new(1), [2] = new(9) } };
        Assert.Equal("Unknown", (await Judge(all, lax)).Holds);
        Assert.Equal("True", (await Judge(all, lax with { Of = new Chosen { Ids = ["shop"] } })).Holds);
    }

    [Fact]
    public async Task A_claim_about_an_exposure_that_is_not_open_yet_is_about_nothing()
    {
        Func<string, Action<Facts.Lines>> from = at => l => s_estate(l.Node("leak", "Exposure", ("at", Facts.Instant(at)), ("until", null)).With(from: at).Edge("EXPOSES", "leak", "key").With(from: at));

        var early = await Judge(from("2025-06-05"), NoPath("leak", "ledger"));
        Assert.Equal((false, false, 0), (early.Passed, early.Judged, early.Scope));
        Assert.Equal("False", (await Judge(from("2025-06-01"), NoPath("leak", "ledger"))).Holds);
    }

    [Fact]
    public async Task A_tier_that_has_no_budget_is_no_budget_kept()
    {
        Action<Facts.Lines> tiers = l => l.System("edge", ("tier", 2)).Service("shop").Edge("IN_SYSTEM", "shop", "edge").Resource("a").Edge("ENTITLES", "shop", "a", ("level", "L2"));
        var claim = new MaxBlastAssertion { Of = new Chosen { Ids = ["shop"] }, PerTier = new Dictionary<int, BlastLimits> { [0] = new(9) } };

        var one = await Judge(tiers, claim);
        Assert.Equal(("Unknown", false, "1 of 1 are of a tier without a budget: give it one, or choose others"), (one.Holds, one.Passed, one.Because.Single()));
        Assert.Equal("True", (await Judge(tiers, claim with { PerTier = new Dictionary<int, BlastLimits> { [0] = new(9), [2] = new(9) } })).Holds);
    }

    [Fact]
    public async Task What_is_said_to_be_a_crown_jewel_only_later_may_have_been_one()
    {
        Func<string, Facts> said = flag => Facts.Of(Estate.Day, l => l.Account("eve").Resource("db").Edge("ENTITLES", "eve", "db", ("level", "L2")))
            .Run("cmdb", "2025-06-03", run => run.Node("db", "Resource", ("crownJewel", flag == "yes")));
        var claim = Blast(new BlastLimits(CrownJewels: 0), "eve");

        var early = await Judge(said("yes"), claim);
        Assert.Equal(("Unknown", false, "`db` may be a crown jewel: no source had said at that moment, and one did later"), (early.Holds, early.Passed, early.Because.Single()));
        Assert.Equal("True", (await Judge(said("no"), claim)).Holds);
        Assert.Equal("True", (await Judge(said("yes"), Blast(new BlastLimits(CrownJewels: 1), "eve"))).Holds);
    }

    [Fact]
    public async Task What_nobody_weighed_is_counted_and_said()
    {
        Action<Facts.Lines> plain = l => l.Account("eve").Resource("db").Edge("ENTITLES", "eve", "db", ("level", "L2"));
        Action<Facts.Lines> stated = l => l.Account("eve").Resource("db", ("criticality", 2), ("crownJewel", false)).Edge("ENTITLES", "eve", "db", ("level", "L2"));
        var claim = Blast(new BlastLimits(Score: 9, CrownJewels: 0), "eve");

        Assert.Equal(
            ("True", "1 of what falls is not taken for a crown jewel: no source says whether it is; 1 of what falls has no criticality stated and counts as 3"),
            await Judge(plain, claim) is var one ? (one.Holds, string.Join("; ", one.Because)) : default);
        Assert.Empty((await Judge(stated, claim)).Because);
    }

    [Fact]
    public async Task The_proof_that_a_crown_jewel_falls_ends_at_one()
    {
        Action<Facts.Lines> estate = l => l.Account("eve").Resource("heap", ("criticality", 9)).Resource("seal", ("criticality", 1), ("crownJewel", true))
            .Edge("ENTITLES", "eve", "heap", ("level", "L6")).Edge("ENTITLES", "eve", "seal");

        var jewel = Assert.Single((await Judge(estate, Blast(new BlastLimits(CrownJewels: 0), "eve"))).Offences);
        Assert.Equal(("seal", "Possible"), (jewel.Target, jewel.Certainty));
        Assert.Equal("heap", Assert.Single((await Judge(estate, Blast(new BlastLimits(Score: 1), "eve"))).Offences).Target);
    }

    [Fact]
    public async Task An_identity_that_nobody_answers_for_breaks_it_and_an_unknown_owner_does_so_possibly()
    {
        Action<Facts.Lines> owned = l => l.Service("robot").Node("ann", "Person").Node("job", "Employment", ("status", "active"), ("startAt", Facts.Instant("2020-01-01")), ("endAt", null))
            .Edge("EMPLOYED_AS", "ann", "job").Edge("OWNED_BY", "robot", "ann", ("role", "accountable"));
        Action<Facts.Lines> orphan = l => l.Service("robot").Service("other").Node("ann", "Person").Node("job", "Employment", ("status", "active"), ("startAt", Facts.Instant("2020-01-01")), ("endAt", null))
            .Edge("EMPLOYED_AS", "ann", "job").Edge("OWNED_BY", "other", "ann", ("role", "accountable"));

        Assert.Equal(("True", 1), await Holds(owned, new NoOrphansAssertion()));
        var broken = await Judge(orphan, new NoOrphansAssertion());
        Assert.Equal(("False", "robot"), (broken.Holds, broken.Offences.Single().Subject.Single()));
        Assert.Equal("True", (await Judge(orphan, new NoOrphansAssertion { Except = ["robot"] })).Holds);
        Assert.Equal("Unknown", (await Judge(l => l.Service("robot"), new NoOrphansAssertion())).Holds);
        Assert.Equal(0, (await Judge(l => l.Resource("db"), new NoOrphansAssertion())).Scope);
    }

    [Fact]
    public async Task A_leaver_who_still_reaches_something_breaks_it_and_where_no_person_is_known_nothing_is_judged()
    {
        Func<string, Action<Facts.Lines>> left = end => l => l.Node("bob", "Person").Node("job", "Employment", ("status", "ended"), ("startAt", Facts.Instant("2020-01-01")), ("endAt", Facts.Instant(end)))
            .Edge("EMPLOYED_AS", "bob", "job").Account("bob-wiki", ("mfa", false), ("authMethods", new[] { "local" })).Edge("BELONGS_TO", "bob-wiki", "bob", ("confidence", 1.0)).Resource("wiki").Edge("ENTITLES", "bob-wiki", "wiki", ("level", "L2"))
            .System("wikis").Edge("IN_SYSTEM", "bob-wiki", "wikis");

        var broken = await Judge(left("2025-05-01"), new NoLiveLeaverAssertion());
        var offence = Assert.Single(broken.Offences);
        Assert.Equal(("False", "Leaver", "bob", "wiki", "Certain"), (broken.Holds, broken.Profile, offence.Subject.Single(), offence.Target, offence.Certainty));
        Assert.Equal("True", (await Judge(left("2025-05-01"), new NoLiveLeaverAssertion { Except = ["bob"] })).Holds);
        var graced = await Judge(left("2025-06-01T12:00:00Z"), new NoLiveLeaverAssertion());
        Assert.Equal(("True", "`bob` is within the time allowed, until 2025-06-02T12:00:00Z"), (graced.Holds, graced.Because.Single()));
        Assert.Equal((false, 0), await Scope(s_estate, new NoLiveLeaverAssertion()));
    }

    [Fact]
    public async Task Time_that_ran_out_passes_nothing()
    {
        var hurried = new Investigation(new FactsStore(Facts.Of(Estate.Day, s_estate)), new AnalysisPolicy(), new SpentTime());
        var answer = await hurried.AssertAsync(FactsStore.As(Estate.Day) with { Budget = TimeSpan.FromSeconds(1) }, new AssertQuestion { Assertions = [Blast(new BlastLimits(9), "key")], AllowPossible = true }, TestContext.Current.CancellationToken);

        var one = Assert.Single(answer.Data.Assertions);
        Assert.Equal(("Unknown", false, false), (one.Holds, one.Passed, one.Judged));
        Assert.StartsWith("time budget", answer.Truncated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_passed_on_a_partial_reading_is_told()
    {
        var facts = new Facts().Run("okta", Estate.Day, run => run.Account("kim").Resource("db").Complete("Account").Incomplete("Resource"));
        var answer = await FactsStore.Ask(facts).AssertAsync(FactsStore.As(Estate.Day), new AssertQuestion { Assertions = [NoPath("kim", "db")] }, TestContext.Current.CancellationToken);

        Assert.Equal(1, answer.Data.Passed);
        Assert.Contains(answer.Warnings, warning => warning.Contains("okta was last read in part", StringComparison.Ordinal));
    }

    private static NoPathAssertion NoPath(string from, string to) => new() { From = new Chosen { Ids = [from] }, To = new Chosen { Ids = [to] } };

    private static MaxBlastAssertion Blast(BlastLimits limits, params string[] of) => new() { Of = new Chosen { Ids = of }, Limits = limits };

    private static async Task<(string Holds, int Scope)> Holds(Action<Facts.Lines> lines, Assertion claim) => await Judge(lines, claim) is var one ? (one.Holds, one.Scope) : default;

    private static async Task<(bool Passed, int Scope)> Scope(Action<Facts.Lines> lines, Assertion claim) => await Judge(lines, claim) is var one ? (one.Passed, one.Scope) : default;

    private static Task<AssertionAnswer> Judge(Action<Facts.Lines> lines, Assertion claim, bool allowPossible = false) => Judge(Facts.Of(Estate.Day, lines), claim, allowPossible);

    private static async Task<AssertionAnswer> Judge(Facts facts, Assertion claim, bool allowPossible = false)
    {
        var question = new AssertQuestion { Assertions = [claim], AllowPossible = allowPossible };
        return (await FactsStore.Ask(facts).AssertAsync(FactsStore.As(Estate.Day), question, TestContext.Current.CancellationToken)).Data.Assertions.Single();
    }
}
