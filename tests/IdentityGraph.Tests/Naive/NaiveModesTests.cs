using static IdentityGraph.Tests.Naive.NaiveStory;

namespace IdentityGraph.Tests.Naive;

/// <summary>Cuts, proofs, reach through time, residue, influence and why-not of the naive evaluator, with the results their definitions state.</summary>
public sealed class NaiveModesTests
{
    /// <summary>A token opens the gate; behind it two accounts' secrets open a wiki and a forge (the Atlassian part of the Cloudflare incident).</summary>
    private static readonly string[] s_gate =
    [
        Secret("tok"), Edge("AUTHENTICATES_AS", "tok", "gate"), Live("gate", "Account"), Secret("sa-1"), Edge("AUTHENTICATES_AS", "sa-1", "svc-1"), Live("svc-1", "ServiceIdentity"),
        Edge("ENTITLES", "svc-1", "wiki", "'level':'L5'"), Node("wiki", "System"), Edge("REACHED_THROUGH", "wiki", "gate"), Secret("sa-2"), Edge("AUTHENTICATES_AS", "sa-2", "svc-2"), Live("svc-2", "ServiceIdentity"),
        Edge("ENTITLES", "svc-2", "forge", "'level':'L2'"), Node("forge", "System"), Edge("REACHED_THROUGH", "forge", "gate"),
    ];

    /// <summary>A store that is read until the entry into it is revoked on the 20th holds a key of its own that ends on the 25th.</summary>
    private static readonly string[] s_store =
    [
        Secret("entry", props: "'revokedAt':'2025-08-20T00:00:00Z'"), Edge("AUTHENTICATES_AS", "entry", "reader"), Live("reader", "ServiceIdentity"), Edge("ENTITLES", "reader", "store", "'level':'L2'"), Node("store", "Resource"),
        Node("kept", "Credential", "'kind':'apiKey','expiresAt':'2025-08-25T00:00:00Z'"), Edge("STORED_IN", "kept", "store"), Edge("AUTHENTICATES_AS", "kept", "bucket-bot"), Live("bucket-bot", "ServiceIdentity"),
        Edge("ENTITLES", "bucket-bot", "bucket", "'level':'L2'"), Node("bucket", "Resource"),
    ];

    private static NaiveFacts Facts(params string[] lines) => new([Run("all", "2025-01-01", lines)], Day("2030-01-01"));

    private static NaiveTimeReach Over(NaiveFacts facts, string seed, string from, string to) => new(facts, NaiveProfile.ExternalBearer, [seed], possible: false, amplified: true, Day(from), Day(to));

    [Fact]
    public void Either_what_both_need_or_one_of_each_is_cut()
    {
        var cuts = new NaiveCuts(new NaiveView(Facts(s_gate), Day("2025-06-01")), NaiveProfile.ExternalBearer, ["tok", "sa-1", "sa-2"], ["wiki", "forge"]).ByNode(9).Select(cut => string.Join('+', cut)).ToList();
        Assert.Equal(["gate", "sa-1+sa-2", "sa-1+svc-2", "sa-2+svc-1", "svc-1+svc-2", "tok"], cuts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_account_that_is_cut_takes_the_grant_it_authorised_with_it()
    {
        var view = new NaiveView(
            Facts(
                Live("app", "Application"), Live("grant", "OAuthGrant", "'type':'application','survivesAuthoriserDisable':false"), Edge("GRANTED_TO", "grant", "app"), Edge("CONSENTED_BY", "grant", "admin"), Live("admin", "Account"),
                Edge("INCLUDES_SCOPE", "grant", "scope"), Node("scope", "Scope"), Edge("CONFERS", "scope", "files", "'level':'L2'"), Node("files", "Resource")),
            Day("2025-06-01"));
        Assert.Equal([["admin"], ["app"]], new NaiveCuts(view, NaiveProfile.ExternalBearer, ["app"], ["files"]).ByNode(9));
    }

    [Fact]
    public void Two_ways_are_two_minimal_proofs_and_a_needless_edge_is_in_none()
    {
        var view = new NaiveView(
            Facts(Live("kim", "Account"), Edge("MEMBER_OF", "kim", "staff"), Node("staff", "Group"), Edge("ENTITLES", "staff", "files", "'level':'L2'"), Edge("ENTITLES", "kim", "files", "'level':'L3'"), Edge("MEMBER_OF", "staff", "all"), Node("all", "Group"), Node("files", "Resource")),
            Day("2025-06-01"));
        var sets = new NaiveProofs(view, NaiveProfile.ExternalBearer, "kim").Minimal("files", 'R', possible: false, most: 100)!.Select(set => string.Join(' ', set.Select(edge => $"{edge.Kind} {edge.To}").Order(StringComparer.Ordinal)));
        Assert.Equal(["ENTITLES files", "ENTITLES files MEMBER_OF staff"], sets.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2025-08-21", "bucket-bot bucket kept entry")]
    [InlineData("2025-08-26", "kept entry")]
    public void A_key_that_was_copied_goes_on_opening_until_it_ends(string day, string attained)
    {
        var over = Over(Facts(s_store), "entry", "2025-08-10", day);
        Assert.Equal(attained.Split(' ').Where(node => node != "entry").Order(StringComparer.Ordinal), over.AtEnd.Attained.Where(node => node != "entry").Order(StringComparer.Ordinal));
        Assert.Equal((Day("2025-08-10"), Day("2025-08-20"), false), (over.Ever["store"].First, over.Ever["store"].Last, over.Ever["store"].AtEnd));
    }

    [Fact]
    public void A_key_that_was_copied_before_it_was_replaced_opens_nothing_and_one_read_after_does()
    {
        string[] replaced = [.. s_store.Select(line => line.Replace("'expiresAt':'2025-08-25T00:00:00Z'", "'expiresAt':null,'rotatedAt':'2025-08-15T00:00:00Z'"))];
        Assert.Contains("bucket", Over(Facts(replaced), "entry", "2025-08-10", "2025-08-21").AtEnd.Attained);
        Assert.DoesNotContain("bucket", Over(Facts([.. replaced.Select(line => line.Replace("2025-08-15", "2025-08-20"))]), "entry", "2025-08-10", "2025-08-21").AtEnd.Attained);
    }

    [Theory]
    [InlineData("2025-03-10", true)]
    [InlineData("2025-01-10", false)]
    public void What_an_attained_bot_made_stays_and_what_it_made_before_does_not(string made, bool stays)
    {
        var facts = Facts(
            Secret("key", props: "'revokedAt':'2025-04-01T00:00:00Z'"), Edge("AUTHENTICATES_AS", "key", "bot"), Live("bot", "ServiceIdentity"), Edge("SPAWNED", "bot", "app", from: made), Live("app", "Application"));
        Assert.Equal(stays, Over(facts, "key", "2025-03-01", "2025-05-01").AtEnd.Rights("app") == "U");
    }

    [Fact]
    public void A_credential_issued_for_somebody_works_until_they_are_disabled()
    {
        string[] estate =
        [
            Secret("key", props: "'revokedAt':'2025-04-01T00:00:00Z'"), Edge("AUTHENTICATES_AS", "key", "bot"), Live("bot", "ServiceIdentity"), Edge("CAN_ISSUE_CREDENTIAL", "bot", "victim"), Live("victim", "ServiceIdentity"),
        ];
        Assert.Equal("U", Over(Facts(estate), "key", "2025-03-01", "2025-05-01").AtEnd.Rights("victim"));
        var disabled = new NaiveFacts([Run("all", "2025-01-01", estate), Delta("all", "2025-04-10", Node("victim", "ServiceIdentity", "'state':'Disabled'"))], Day("2030-01-01"));
        Assert.Equal("", Over(disabled, "key", "2025-03-01", "2025-05-01").AtEnd.Rights("victim"));
    }

    /// <summary>Midnight Blizzard: an application made meanwhile still reads the mail; what may have been made in the directory is a guess.</summary>
    [Fact]
    public void What_was_made_outlives_the_containment_and_what_may_have_been_made_is_told_apart()
    {
        var facts = Facts(
            Secret("pw-test", "password"), Edge("AUTHENTICATES_AS", "pw-test", "sp"), Live("sp", "ServiceIdentity", "'mfa':false"), Edge("SPAWNED", "sp", "mal-app", from: "2025-05-01"), Live("mal-app", "Application"),
            Edge("RUNS_AS", "mal-app", "mal-sp"), Live("mal-sp", "ServiceIdentity"), Edge("ENTITLES", "mal-sp", "mail", "'level':'L2'"), Node("mail", "Resource"), Edge("CAN_PROVISION", "sp", "dir", "'maxLevel':'L6'"), Node("dir", "System"));
        var left = NaiveResidue.Of(facts, NaiveProfile.ExternalBearer, ["pw-test"], ["pw-test", "sp"], possible: false, amplified: true, Day("2025-04-01"), Day("2025-06-01"));
        Assert.Equal(["mail", "mal-app", "mal-sp"], left.Observed.Attained.Order(StringComparer.Ordinal));
        Assert.Equal(["dir", "mail", "mal-app", "mal-sp"], left.Hypothetical.Attained.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Influence_follows_what_decides_and_not_what_answers_or_controls()
    {
        var view = new NaiveView(
            Facts(
                Node("hr", "System"), Edge("TRIGGERS", "hr", "joiner"), Live("joiner", "Workflow"), Edge("RUNS_AS", "joiner", "bot"), Live("bot", "ServiceIdentity"), Edge("CAN_PROVISION", "bot", "crm"), Node("crm", "System"),
                Edge("SPAWNED", "bot", "acct", grade: "Attestation"), Live("acct", "Account"), Edge("OWNED_BY", "hr", "kim"), Node("kim", "Person"), Edge("CAN_ASSUME", "bot", "root"), Live("root", "ServiceIdentity"), Live("sync", "Connector"), Edge("TRIGGERS", "hr", "sync"), Edge("CONNECTS", "sync", "wiki", "'side':'target'"), Node("wiki", "System"), Edge("CONNECTS", "sync", "erp", "'side':'source'"), Node("erp", "System")),
            Day("2025-06-01"));
        Assert.Equal([("acct", 3), ("bot", 2), ("crm", 3), ("joiner", 1), ("sync", 1), ("wiki", 2)], NaiveInfluence.Of(view, ["hr"], possible: false).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void The_one_thing_in_the_way_is_named_and_of_two_neither()
    {
        string[] estate = [Secret("pw", "password"), Edge("AUTHENTICATES_AS", "pw", "kim"), Live("kim", "Account", "'mfa':true"), Live("build", "Workflow"), Edge("CAN_MODIFY", "kim", "lib"), Live("lib", "Application"), Edge("DEPENDS_ON", "build", "lib", "'pinned':true")];
        var why = new NaiveWhyNot(new NaiveView(Facts(estate), Day("2025-06-01")), NaiveProfile.ExternalBearer, "pw");
        Assert.Equal(["mfaFactor"], why.Alone("lib"));
        Assert.Empty(why.Alone("build"));
    }
}
