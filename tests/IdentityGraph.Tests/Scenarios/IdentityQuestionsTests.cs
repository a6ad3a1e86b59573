using System.Text.Json;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Finding an identity by whatever was pasted, showing all that is known of it, walking its chain, listing orphans.</summary>
public sealed class IdentityQuestionsTests
{
    private const string Today = OwnershipLattice.Today;

    private static readonly Facts s_company = OwnershipLattice.Company(run =>
    {
        run.Node("okta:user/00u1", "Account", ("name", "Pat Doe"), ("email", "pat@acme.example"), ("employeeNumber", "4711"), ("state", "Active"))
            .Node("aws:key/AKIA77", "Credential", ("kind", "apiKey"), ("expiresAt", null), ("state", "Active")).With(evidence: "cloudtrail/17")
            .Edge("AUTHENTICATES_AS", "aws:key/AKIA77", "okta:user/00u1").With(from: "2024-02-01", evidence: "cloudtrail/18")
            .Node("pat", "Person", ("correlationKeys", new[] { "badge:B-12" }))
            .Edge("BELONGS_TO", "okta:user/00u1", "pat").With(from: "2023-01-01");
        OwnershipLattice.Employs(run, "pat");
    });

    [Theory]
    [InlineData("okta:user/00u1", "id", "okta:user/00u1")]
    [InlineData("AKIA77", "id", "aws:key/AKIA77")]
    [InlineData("akia77", "id", "aws:key/AKIA77")]
    [InlineData("pat@acme.example", "email", "okta:user/00u1")]
    [InlineData("4711", "employeeNumber", "okta:user/00u1")]
    [InlineData("B-12", "correlationKeys", "pat")]
    [InlineData("t doe", "name", "okta:user/00u1")]
    public async Task Whatever_is_pasted_finds_the_identity_it_means(string text, string on, string id)
    {
        var first = (await Find(text)).Data.Matches[0];
        Assert.Equal((id, on), (first.Id, first.MatchedOn));
    }

    [Fact]
    public async Task What_means_nobody_finds_nothing() => Assert.Empty((await Find("AKIA78")).Data.Matches);

    [Theory]
    [InlineData("HAYDEN")]
    [InlineData("gmsa_shs")]
    public async Task A_thing_under_two_names_is_found_by_either(string text)
    {
        var facts = new Facts().Run("ad", "2025-05-01", run => run.Node("S-2186", "Account", ("name", "HAYDEN")).Node("S-2186", "Account", ("name", "GMSA_SHS22$")));
        var answer = await FactsStore.Ask(facts).IdentityFindAsync(FactsStore.As("2025-05-01"), text, 50, TestContext.Current.CancellationToken);
        Assert.Equal(["S-2186"], answer.Data.Matches.Select(match => match.Id));
    }

    [Fact]
    public async Task More_matches_than_fit_are_counted_and_the_cut_is_told()
    {
        var answer = await Find("n1", limit: 3);
        Assert.Equal(["n1", "n10", "n11"], answer.Data.Matches.Select(match => match.Id));
        Assert.Equal(10, answer.Data.Total);
        Assert.Equal("matches: the first 3 of 10", answer.Truncated);
    }

    [Fact]
    public async Task A_property_tells_who_states_it_since_when_and_what_others_say()
    {
        var facts = new Facts()
            .Run("okta", "2025-04-01", run => run.Node("kim", "Account", ("name", "Kim"), ("state", "Active")).With(from: "2025-01-01").Complete("Account"))
            .Run("wiki", "2025-04-10", run => run.Node("kim", "Account", ("name", "Kim B.")).With(grade: IdentityGraph.Graph.EvidenceGrade.Attestation).Complete("Account"));
        var name = (await Show("kim", facts)).Properties.Single(property => property.Name == "name");
        Assert.Equal(("Kim B.", "Value", "wiki", "Attestation"), (name.Value.GetString(), name.Known, name.Source, name.Grade));
        Assert.Equal(Facts.Instant("2025-04-10"), name.Since);
        var other = Assert.Single(name.Alternatives);
        Assert.Equal(("Kim", "okta", Facts.Instant("2025-01-01")), (other.Value.GetString(), other.Source, other.Since));
    }

    [Fact]
    public async Task Never_an_expiry_and_not_reported_are_shown_apart()
    {
        var properties = (await Show("aws:key/AKIA77")).Properties;
        var expiry = properties.Single(property => property.Name == "expiresAt");
        Assert.Equal((JsonValueKind.Null, "None"), (expiry.Value.ValueKind, expiry.Known));
        Assert.DoesNotContain("rotatedAt", properties.Select(property => property.Name));
    }

    [Fact]
    public async Task Edges_of_both_directions_stand_under_their_kind_with_since_and_evidence()
    {
        var shown = await Show("okta:user/00u1");
        Assert.Equal(["AUTHENTICATES_AS", "BELONGS_TO"], shown.Edges.Keys);
        var held = Assert.Single(shown.Edges["AUTHENTICATES_AS"]);
        Assert.Equal(("aws:key/AKIA77", "in", "True", Facts.Instant("2024-02-01")), (held.Of, held.Direction, held.Truth, held.Since));
        Assert.Equal(["cloudtrail/18"], held.Evidence);
        Assert.Equal("True", shown.Live);
        Assert.Equal(["pat"], shown.Ownership?.Accountable);
    }

    [Fact]
    public async Task An_ended_edge_stays_in_the_history_and_is_shown_as_false()
    {
        var shown = await Show("n17");
        Assert.Equal([("ann", "False"), ("bob", "False")], shown.Edges["OWNED_BY"].Select(edge => (edge.To, edge.Truth)));
        Assert.Equal(
            [("2024-01-01", "began", "OWNED_BY n17 bob"), ("2025-03-31", "ended", "OWNED_BY n17 bob"), ("2025-04-15", "set", "state"), ("2025-06-01", "began", "OWNED_BY n17 ann")],
            shown.History.Select(entry => ($"{entry.At:yyyy-MM-dd}", entry.Event, entry.What)));
    }

    [Fact]
    public async Task An_id_nobody_stated_is_refused_with_a_way_out()
    {
        var refused = await Assert.ThrowsAsync<UnknownIdentityException>(() => Show("okta:user/00u9"));
        Assert.Contains("identity find", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chain_runs_from_the_person_over_the_account_to_the_key_and_back()
    {
        var outwards = await Chain("pat", ChainDirection.Out);
        Assert.Equal(
            ["1 EMPLOYED_AS pat job:pat live", "1 BELONGS_TO pat okta:user/00u1 live", "2 AUTHENTICATES_AS okta:user/00u1 aws:key/AKIA77 live"],
            outwards.Select(Line));
        var inwards = await Chain("aws:key/AKIA77", ChainDirection.In);
        Assert.Equal(["1 AUTHENTICATES_AS aws:key/AKIA77 okta:user/00u1 live", "2 BELONGS_TO okta:user/00u1 pat live"], inwards.Select(Line));
        Assert.Equal(Facts.Instant("2023-01-01"), inwards[1].Since);
    }

    [Fact]
    public async Task A_dead_hop_is_shown_with_its_reason_and_left_out_when_only_live_ones_are_asked_for()
    {
        Assert.Equal(["1 EMPLOYED_AS ann job:ann live", "1 BELONGS_TO ann ann@ad dead"], (await Chain("ann", ChainDirection.Out)).Take(2).Select(Line));
        Assert.DoesNotContain("ann@ad", (await Chain("ann", ChainDirection.Out, liveOnly: true)).Select(hop => hop.To));
    }

    [Fact]
    public async Task An_engagement_that_ended_is_on_record_and_dead() =>
        Assert.Contains("1 EMPLOYED_AS bob job:bob dead", (await Chain("bob", ChainDirection.Out)).Select(Line));

    [Fact]
    public async Task An_engagement_is_dead_since_its_end_and_not_since_its_beginning_and_one_that_lies_ahead_says_so()
    {
        var facts = Facts.Of(Today, run => Joins(OwnershipLattice.Employs(OwnershipLattice.Employs(run, "bob", end: "2025-03-31"), "ann"), "zoe", "2025-05-01"));

        Assert.Equal("dead ended 2025-03-31", await Engaged("bob"));
        Assert.Equal("live active 2025-04-15", await Engaged("ann")); // read that day, and before it nobody knew
        Assert.Equal("dead not begun yet 2025-04-15", await Engaged("zoe"));
        Assert.Equal("live active 2025-05-01", await Engaged("zoe", "2025-05-10"));

        static Facts.Lines Joins(Facts.Lines run, string person, string starts) => run
            .Node(person, "Person").Node($"job:{person}", "Employment", ("startAt", Facts.Instant(starts)), ("endAt", null), ("status", "active")).Edge("EMPLOYED_AS", person, $"job:{person}");
        async Task<string> Engaged(string person, string asOf = Today) =>
            Since(Assert.Single((await FactsStore.Ask(facts).IdentityChainAsync(FactsStore.As(asOf), person, cancellationToken: TestContext.Current.CancellationToken)).Data.Hops));
    }

    [Fact]
    public async Task An_account_is_dead_since_it_was_disabled_a_link_since_it_ended_and_another_is_unknown_since_nobody_read_it()
    {
        var facts = new Facts()
            .Run("hr", "2025-01-01", run => run.Node("kim", "Person").Complete("Person"))
            .Run("ad", "2025-01-01", run => run
                .Node("kim@ad", "Account", ("state", "Active")).With(from: "2024-01-01").Node("kim@ad", "Account", ("state", "Disabled")).With(from: "2024-12-10")
                .Edge("BELONGS_TO", "kim@ad", "kim").With(from: "2024-01-01")
                .Node("old@ad", "Account", ("state", "Active")).With(from: "2023-01-01").Edge("BELONGS_TO", "old@ad", "kim").With(from: "2023-01-01", until: "2023-06-01")
                .Node("new@ad", "Account", ("state", "Active")).With(from: "2023-01-01").Edge("BELONGS_TO", "new@ad", "kim").With(from: "2024-03-01")
                .Complete("Account").Complete("BELONGS_TO"));

        Assert.Equal(["kim@ad dead Disabled (SystemState) 2024-12-10", "new@ad live Active 2024-03-01", "old@ad dead the link does not hold 2023-06-01"], await Accounts("2025-01-02"));

        // Every 30 days by default: past twice that nobody knows, but what was ended stays so.
        Assert.Equal(["kim@ad dead Disabled, not read since its source went stale 2024-12-10", "new@ad unknown the link is not known to hold 2025-03-02", "old@ad dead the link does not hold 2023-06-01"], await Accounts("2025-06-01"));

        async Task<IEnumerable<string>> Accounts(string asOf) =>
            from hop in (await FactsStore.Ask(facts).IdentityChainAsync(FactsStore.As(asOf), "kim", cancellationToken: TestContext.Current.CancellationToken)).Data.Hops
            orderby hop.To
            select $"{hop.To} {Since(hop)}";
    }

    [Theory]
    [InlineData("bob", "False", "ended", "dead")]
    [InlineData("ann", "True", "active", "live")]
    public async Task An_engagement_shown_is_as_live_as_its_hop_of_the_chain(string person, string live, string why, string state)
    {
        var shown = await Show($"job:{person}");
        Assert.Equal((live, why), (shown.Live, shown.LiveReason));
        Assert.Contains($"1 EMPLOYED_AS {person} job:{person} {state}", (await Chain(person, ChainDirection.Out)).Select(Line));
    }

    [Theory]
    [InlineData(0.5, "Unknown")] // a name that fits
    [InlineData(0.95, "True")]
    public async Task A_weak_candidate_for_whose_an_account_is_is_not_shown_as_true(double confidence, string truth)
    {
        var facts = OwnershipLattice.Company(run => run.Node("a.smith", "Account", ("state", "Active")).Edge("BELONGS_TO", "a.smith", "ann", ("confidence", confidence), ("matchRule", "displayName")));
        Assert.Equal(truth, Assert.Single((await Show("a.smith", facts)).Edges["BELONGS_TO"]).Truth);
        Assert.Equal(truth, Assert.Single((await Show("ann", facts)).Edges["BELONGS_TO"], edge => edge.Of == "a.smith").Truth);
    }

    [Fact]
    public async Task Depth_ends_the_chain() => Assert.Equal([1, 1], (await Chain("pat", ChainDirection.Out, depth: 1)).Select(hop => hop.Depth));

    [Fact]
    public async Task Orphans_are_what_may_still_authenticate_with_nobody_answering()
    {
        var answer = await FactsStore.Ask(s_company).OrphansAsync(FactsStore.As(Today), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            ["n1 O1", "n12 O7", "n13 O6", "n17 O8", "n2 O2", "n3 O3", "n4 O3", "n6 O4", "n7 O5", "n8 O5"],
            answer.Data.Identities.Select(identity => $"{identity.Id} {identity.Reason}"));
        Assert.Equal(("orphans", "complete"), (answer.Command, Assert.Single(answer.Store.Sources).State));
    }

    [Fact]
    public async Task Where_employments_were_not_read_to_their_end_the_stated_owner_is_named_with_what_is_missing()
    {
        var answer = await FactsStore.Ask(Employs(whole: false)).OrphansAsync(FactsStore.As(Today), cancellationToken: TestContext.Current.CancellationToken);

        var nightly = Assert.Single(answer.Data.Identities);
        Assert.Equal(("nightly", "Unknown", "O7"), (nightly.Id, nightly.Ownership, nightly.Reason));
        Assert.Equal(["owner ann: employments were never read to their end; import `hr` with --complete Employment"], nightly.Untold);
        Assert.Contains("who answers for nightly cannot be told: owner ann: employments were never read to their end; import `hr` with --complete Employment", answer.Warnings);
    }

    [Fact]
    public async Task Where_they_were_nothing_is_left_open() =>
        Assert.Empty((await FactsStore.Ask(Employs(whole: true)).OrphansAsync(FactsStore.As(Today), cancellationToken: TestContext.Current.CancellationToken)).Data.Identities);

    [Fact]
    public async Task An_owner_that_is_only_a_text_is_named_as_described_nowhere()
    {
        var answer = await FactsStore.Ask(s_company).OrphansAsync(FactsStore.As(Today), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["n12: owner text:platform team: no source describes it; import one that does, or state the person"], answer.Data.Identities.SelectMany(identity => identity.Untold.Select(why => $"{identity.Id}: {why}")));
    }

    private static Facts Employs(bool whole) => new Facts()
        .Run("hr", Today, run =>
        {
            OwnershipLattice.Employs(run, "ann").Complete("Person").Complete("EMPLOYED_AS");
            _ = whole ? run.Complete("Employment") : run.Incomplete("Employment");
        })
        .Run("governance", Today, run => OwnershipLattice.Runs(run, "nightly").Edge("OWNED_BY", "nightly", "ann").Complete("OWNED_BY").Complete("ServiceIdentity"));

    [Fact]
    public async Task All_states_shows_the_owned_and_the_tombstones_too()
    {
        var answer = await FactsStore.Ask(s_company).OrphansAsync(FactsStore.As(Today), allStates: true, TestContext.Current.CancellationToken);
        Assert.Equal(19, answer.Data.Identities.Count);
        var tombstone = answer.Data.Identities.Single(identity => identity.Id == "n18");
        Assert.Equal(("Unknown", "tombstone", "False"), (tombstone.Ownership, tombstone.Reason, tombstone.Live));
        var owned = answer.Data.Identities.Single(identity => identity.Id == "n9");
        Assert.Equal(("Owned", null, "Ended", "Certain"), (owned.Ownership, owned.Reason, owned.Purpose, owned.Certainty));
    }

    [Fact]
    public async Task An_answer_prints_every_member_even_what_is_not_known()
    {
        var answer = await FactsStore.Ask(s_company).OrphansAsync(FactsStore.As(Today), cancellationToken: TestContext.Current.CancellationToken);
        var printed = JsonSerializer.SerializeToElement(answer, AnswerJson.Default.AnswerOrphansAnswer);
        Assert.Equal(JsonValueKind.Null, printed.GetProperty("truncated").ValueKind);
        Assert.Equal(
            ["id", "kind", "name", "ownership", "reason", "accountable", "missingRoles", "purpose", "use", "live", "certainty", "suggestedOwner"],
            printed.GetProperty("data").GetProperty("identities")[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task What_is_shown_of_an_identity_prints_as_json()
    {
        var answer = await FactsStore.Ask(s_company).IdentityShowAsync(FactsStore.As(Today), "aws:key/AKIA77", TestContext.Current.CancellationToken);
        var data = JsonSerializer.SerializeToElement(answer, AnswerJson.Default.AnswerIdentityAnswer).GetProperty("data");
        Assert.Equal(["node", "properties", "edges", "ownership", "live", "liveReason", "history", "unreadEdges"], data.EnumerateObject().Select(member => member.Name));
        Assert.Equal("2024-02-01T00:00:00Z", data.GetProperty("edges").GetProperty("AUTHENTICATES_AS")[0].GetProperty("since").GetString());
        Assert.Equal("""["expiresAt","kind","state"]""", JsonSerializer.Serialize(data.GetProperty("properties").EnumerateArray().Select(property => property.GetProperty("name").GetString())));
    }

    [Fact]
    public async Task A_handoff_and_a_chain_print_as_json()
    {
        var investigation = FactsStore.Ask(FragmentedChain.Facts());
        var shown = await investigation.HandoffShowAsync(FactsStore.As(FragmentedChain.ThatNight), "run-7", TestContext.Current.CancellationToken);
        var h2 = JsonSerializer.SerializeToElement(shown, AnswerJson.Default.AnswerHandoffsAnswer).GetProperty("data").GetProperty("handoffs")[1];
        Assert.Equal("""{"id":null,"gap":true}""", h2.GetProperty("credential").GetRawText());
        Assert.Equal("""{"declared":null,"effective":null,"revoked":null,"state":"Unknown"}""", h2.GetProperty("expiry").GetRawText());
        var chain = await investigation.IdentityChainAsync(FactsStore.As(FragmentedChain.ThatNight), "svc-deploy", ChainDirection.Both, cancellationToken: TestContext.Current.CancellationToken);
        var hop = JsonSerializer.SerializeToElement(chain, AnswerJson.Default.AnswerIdentityChainAnswer).GetProperty("data").GetProperty("hops")[0];
        Assert.Equal(["depth", "direction", "kind", "from", "to", "toKind", "toName", "state", "why", "stateSince", "since", "until", "fact", "evidence"], hop.EnumerateObject().Select(member => member.Name));
    }

    private static string Since(IdentityHopAnswer hop) => $"{hop.State} {hop.Why} {hop.StateSince?.ToString("yyyy-MM-dd") ?? "-"}";

    private static string Line(IdentityHopAnswer hop) => $"{hop.Depth} {hop.Kind} {hop.From} {hop.To} {hop.State}";

    private static async Task<Answer<IdentityFindAnswer>> Find(string text, int limit = 50) =>
        await FactsStore.Ask(s_company).IdentityFindAsync(FactsStore.As(Today), text, limit, TestContext.Current.CancellationToken);

    private static async Task<IdentityAnswer> Show(string id, Facts? facts = null) =>
        (await FactsStore.Ask(facts ?? s_company).IdentityShowAsync(FactsStore.As(Today), id, TestContext.Current.CancellationToken)).Data;

    private static async Task<IReadOnlyList<IdentityHopAnswer>> Chain(string id, ChainDirection direction, int depth = 6, bool liveOnly = false) =>
        (await FactsStore.Ask(s_company).IdentityChainAsync(FactsStore.As(Today), id, direction, depth, liveOnly, TestContext.Current.CancellationToken)).Data.Hops;
}
