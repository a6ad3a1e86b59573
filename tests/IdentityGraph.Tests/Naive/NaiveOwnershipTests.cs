using static IdentityGraph.Tests.Naive.NaiveStory;

namespace IdentityGraph.Tests.Naive;

/// <summary>The ownership lattice, asked on 15 April 2025: ann is active, bob left on 31 March, eve is a vendor's contact.</summary>
public sealed class NaiveOwnershipTests
{
    private static readonly string[] People =
    [
        .. Person("ann", "'startAt':'2020-01-01','status':'active'"),
        .. Person("bob", "'startAt':'2020-01-01','endAt':'2025-03-31','status':'ended'"),
        .. Person("cat", "'startAt':'2020-01-01','status':'onLeave'"),
        .. Person("dan", "'startAt':'2020-01-01','endAt':'2025-05-01','status':'active'"),
        .. Person("eve", "'startAt':'2020-01-01','status':'active','kind':'vendor'"),
        Live("n", "ServiceIdentity"),
        Live("other", "ServiceIdentity"),
        Edge("OWNED_BY", "other", "ann"),
    ];

    private static string[] Person(string id, string props) => [Node(id, "Person"), Edge("EMPLOYED_AS", id, id + "-job"), Node(id + "-job", "Employment", props)];

    private static NaiveOwnership Of(string node, params string[] lines) =>
        new NaiveEvaluator([Run("hr", "2025-04-14", [.. People, .. lines])], Day("2030-01-01")).At(Day("2025-04-15")).Ownership(node);

    private static string Short(NaiveOwnership owned) => $"{owned.Ownership} {owned.Reason} {string.Join(',', owned.AtLeast)}".Replace("  ", " ").Trim();

    [Fact]
    public void A_node_that_somebody_in_post_answers_for_is_owned_and_one_whose_owner_left_is_not()
    {
        Assert.Equal("Owned ann", Short(Of("n", Edge("OWNED_BY", "n", "ann"))));
        Assert.Equal("Orphaned O2", Short(Of("n", Edge("OWNED_BY", "n", "bob"))));
        Assert.Equal("Orphaned O1", Short(Of("n")));
        Assert.Equal("Orphaned O1", Short(Of("n", Edge("OWNED_BY", "n", "ann", "'role':'technical'"))));
    }

    [Fact]
    public void A_group_answers_by_its_members()
    {
        Assert.Equal("Orphaned O3", Short(Of("n", Edge("OWNED_BY", "n", "team"), Node("team", "Group"))));
        Assert.Equal("Orphaned O3", Short(Of("n", Edge("OWNED_BY", "n", "team"), Node("team", "Group"), Edge("MEMBER_OF_TEAM", "bob", "team"))));
        Assert.Equal("UnderOwned ann", Short(Of("n", Edge("OWNED_BY", "n", "team"), Node("team", "Group"), Edge("MEMBER_OF_TEAM", "bob", "team"), Edge("MEMBER_OF_TEAM", "ann", "team"))));
    }

    [Fact]
    public void An_orphaned_owner_and_a_ring_of_owners_answer_for_nothing_unless_a_person_is_in_it()
    {
        string[] ring = [Live("m", "ServiceIdentity"), Edge("OWNED_BY", "n", "m"), Edge("OWNED_BY", "m", "n")];
        Assert.Equal("Orphaned O4", Short(Of("n", Edge("OWNED_BY", "n", "m"), Live("m", "ServiceIdentity"), Edge("OWNED_BY", "m", "bob"))));
        Assert.Equal("Orphaned O5", Short(Of("n", ring)));
        Assert.Equal("Owned ann", Short(Of("n", [.. ring, Edge("OWNED_BY", "m", "ann")])));
    }

    [Fact]
    public void What_nobody_can_resolve_is_unknown()
    {
        Assert.Equal("Unknown O7", Short(Of("n", Edge("OWNED_BY", "n", "text:platform team"))));

        // The owners of connectors were read by no source, those of the source that knows the connector least of all.
        var elsewhere = new NaiveEvaluator([Run("hr", "2025-04-14", People), Run("crm", "2025-04-14", Live("conn", "Connector"))], Day("2030-01-01"));
        Assert.Equal("Unknown O7", Short(elsewhere.At(Day("2025-04-15")).Ownership("conn")));
        Assert.Equal("Orphaned O1", Short(Of("conn", Live("conn", "Connector"))));
    }

    [Fact]
    public void A_vendors_contact_counts_with_a_sponsor()
    {
        Assert.Equal("Orphaned O6", Short(Of("n", Edge("OWNED_BY", "n", "eve"))));
        Assert.Equal("Owned eve", Short(Of("n", Edge("OWNED_BY", "n", "eve"), Edge("SPONSORED_BY", "eve", "ann"))));
        Assert.Equal("Orphaned O6", Short(Of("n", Edge("OWNED_BY", "n", "eve"), Edge("SPONSORED_BY", "eve", "bob"))));
    }

    [Fact]
    public void A_gap_between_owners_is_a_reason_of_its_own() => Assert.Equal("Orphaned O8", Short(Of(
        "n", Edge("OWNED_BY", "n", "bob", from: "2024-01-01", until: "2025-03-31"), Edge("OWNED_BY", "n", "ann", from: "2025-06-01"))));

    [Fact]
    public void An_owner_on_leave_or_soon_gone_leaves_it_at_risk_unless_another_stays()
    {
        Assert.Equal("AtRisk cat", Short(Of("n", Edge("OWNED_BY", "n", "cat"))));
        Assert.Equal("AtRisk dan", Short(Of("n", Edge("OWNED_BY", "n", "dan"))));
        Assert.Equal("Owned ann,dan", Short(Of("n", Edge("OWNED_BY", "n", "dan"), Edge("OWNED_BY", "n", "ann"))));
    }

    [Fact]
    public void A_disabled_account_of_somebody_in_post_still_names_its_person() =>
        Assert.Equal("Owned ann", Short(Of("n", Edge("OWNED_BY", "n", "a"), Node("a", "Account", "'state':'Disabled'"), Edge("BELONGS_TO", "a", "ann"))));

    [Fact]
    public void An_account_is_answered_for_by_whom_it_belongs_to()
    {
        string[] account = [Live("a", "Account"), Edge("BELONGS_TO", "a", "bob")];
        Assert.Equal("Orphaned O2", Short(Of("a", account)));
        Assert.Equal("Owned ann", Short(Of("b", [.. account, Live("b", "Account"), Edge("BELONGS_TO", "b", "ann")])));
    }

    [Fact]
    public void A_disabled_identity_is_an_orphan_while_its_key_works_and_a_tombstone_without_one()
    {
        string[] off = [Node("off", "ServiceIdentity", "'state':'Disabled'"), Node("app", "System", "'cascade_apiKey':'Never'"), Edge("IN_SYSTEM", "off", "app")];
        Assert.Equal("Orphaned O1", Short(Of("off", [.. off, Secret("key"), Edge("AUTHENTICATES_AS", "key", "off")])));
        Assert.Equal("Unknown tombstone", Short(Of("off", off)));
    }

    [Fact]
    public void A_key_is_answered_for_by_its_own_owner_else_by_its_subjects()
    {
        string[] key = [Secret("key"), Edge("AUTHENTICATES_AS", "key", "other")];
        Assert.Equal("Owned ann", Short(Of("key", key)));
        Assert.Equal("Orphaned O2", Short(Of("key", [.. key, Edge("OWNED_BY", "key", "bob")])));
    }

    [Fact]
    public void A_connector_needs_somebody_for_every_duty()
    {
        var owned = Of("conn", Live("conn", "Connector"), Edge("OWNED_BY", "conn", "ann", "'role':'scopeApproval'"), Edge("OWNED_BY", "conn", "ann", "'role':'revocation'"));
        Assert.Equal("UnderOwned ann", Short(owned));
        Assert.Equal(["usageMonitoring"], owned.MissingRoles);
    }

    [Theory]
    [InlineData("Active", "Active")]
    [InlineData("Disabled", "Ended")]
    public void Purpose_ends_with_the_workflow_it_serves(string state, string purpose) =>
        Assert.Equal(purpose, Of("n", Node("wf", "Workflow", $"'state':'{state}'"), Edge("SERVES", "n", "wf")).Purpose);
}
