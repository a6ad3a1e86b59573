using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>Gates, further premises, unknowns, users' bounds and network position. Cells read: certain direct, certain amplified, possible direct, possible amplified.</summary>
public sealed class ControlTests
{
    [Theory]
    [InlineData("corpNetwork", "ExternalBearer", "- - - -")]
    [InlineData("corpNetwork", "Insider", "U U U U")]
    [InlineData("managedDevice", "Insider", "U U U U")]
    [InlineData("allowListIp(acme)", "VendorInfra(acme)", "U U U U")]
    [InlineData("allowListIp(acme)", "VendorInfra(other)", "- - - -")]
    [InlineData("humanApproval", "Insider", "- - - -")]
    [InlineData("retinaScan", "ExternalBearer", "- - U U")]
    public void A_gate_opens_to_the_profile_that_satisfies_it(string gate, string profile, string cells) =>
        Assert.Equal(cells, Estate.Reach(l => l.Service("a").Service("b").Edge("CAN_ASSUME", "a", "b", ("gates", new[] { gate })), "a", profile).Cells("b"));

    [Theory]
    [InlineData(true, "- - - -")]
    [InlineData(false, "U U U U")]
    [InlineData(null, "- - U U")]
    public void A_password_asks_for_the_factor_its_account_demands(bool? mfa, string cells) =>
        Assert.Equal(cells, Estate.Reach(l => l.Key("pw", "password").Account("kim", mfa is null ? [] : [("mfa", mfa)]).Edge("AUTHENTICATES_AS", "pw", "kim"), "pw").Cells("kim"));

    [Fact]
    public void A_token_does_not() =>
        Assert.Equal("U U U U", Estate.Reach(l => l.Key("pat", "pat").Account("kim", ("mfa", true)).Edge("AUTHENTICATES_AS", "pat", "kim"), "pat").Cells("kim"));

    [Fact]
    public void A_stolen_factor_of_that_account_satisfies_the_gate_one_of_another_does_not()
    {
        static void Told(Facts.Lines l, string owner) => l
            .Key("pw", "password").Key("totp", "mfaFactor").Account("kim", ("mfa", true)).Account("lee", ("mfa", true))
            .Edge("AUTHENTICATES_AS", "pw", "kim").Edge("AUTHENTICATES_AS", "totp", owner);

        Assert.Equal("U U U U", Estate.Reach(Estate.View(l => Told(l, "kim")), ["pw", "totp"]).Cells("kim"));
        Assert.Equal("- - - -", Estate.Reach(Estate.View(l => Told(l, "lee")), ["pw", "totp"]).Cells("kim"));
    }

    [Theory]
    [InlineData("kim", "R R R R")]
    [InlineData("lee", "- - - -")]
    public void A_factor_opens_the_gate_inside_the_walk_of_its_own_account_only(string owner, string cells)
    {
        // Kim and Lee share the group; only the owner of the attained factor passes the gate behind it.
        var view = Estate.View(l => l
            .Account("kim").Account("lee").Key("totp", "mfaFactor").Node("staff", "Group").Node("admin", "Role").Resource("vault")
            .Edge("AUTHENTICATES_AS", "totp", owner).Edge("MEMBER_OF", "kim", "staff").Edge("MEMBER_OF", "lee", "staff")
            .Edge("HAS_ROLE", "staff", "admin", ("gates", new[] { "mfaFactor" })).Edge("ENTITLES", "admin", "vault", ("rights", "R")));

        Assert.Equal(cells, Estate.Reach(view, ["kim", "totp"]).Cells("vault"));
    }

    [Fact]
    public void A_leaver_brings_the_factor_they_hold_unknown_where_factors_were_never_collected()
    {
        static void Told(Facts.Lines l) => l.Node("Kim", "Person").Account("kim", ("mfa", true)).Key("pw", "password").Edge("BELONGS_TO", "kim", "Kim").Edge("AUTHENTICATES_AS", "pw", "kim");

        Assert.Equal("- - U U", Estate.Reach(Told, "pw", "Leaver").Cells("kim"));
        Assert.Equal("U U U U", Estate.Reach(l =>
        {
            Told(l);
            l.Key("totp", "mfaFactor").Edge("AUTHENTICATES_AS", "totp", "kim").Edge("HELD_BY", "totp", "Kim");
        }, "pw", "Leaver").Cells("kim"));
        Assert.Equal("- - - -", Estate.Reach(l =>
        {
            Told(l);
            l.Key("totp", "mfaFactor").Account("lee").Edge("AUTHENTICATES_AS", "totp", "lee");
        }, "pw", "Leaver").Cells("kim"));
    }

    [Theory]
    [InlineData("mtls", "- - - -")]
    [InlineData("none", "U U U U")]
    public void A_token_bound_to_its_sender_is_no_use_elsewhere(string constraint, string cells) =>
        Assert.Equal(cells, Estate.Reach(l => l.Key("at", "accessToken", ("senderConstraint", constraint)).Service("svc").Edge("AUTHENTICATES_AS", "at", "svc"), "at").Cells("svc"));

    [Fact]
    public void Ciphertext_needs_one_of_its_keys()
    {
        static void Told(Facts.Lines l) => l.Resource("db").Resource("host").Key("secret").Key("kek1", "encryptionKey").Key("kek2", "encryptionKey")
            .Edge("STORED_IN", "secret", "db").Edge("STORED_IN", "kek2", "host").Edge("ENCRYPTED_WITH", "secret", "kek1").Edge("ENCRYPTED_WITH", "secret", "kek2");
        var both = Estate.Reach(Estate.View(Told), ["db", "host"]);

        Assert.Equal("U U U U", both.Cells("secret"));
        Assert.Equal(2, both.Hops(both.Graph.View.Find("secret")!.Value));
        Assert.Equal("- - - -", Estate.Reach(Told, "db").Cells("secret"));
        Assert.Equal("- - - -", Estate.Reach(Told, "host").Cells("secret"));
    }

    [Fact]
    public void A_system_behind_a_gateway_needs_the_gateway_too()
    {
        static void Told(Facts.Lines l) => l.Service("gate").Service("svc").System("wiki")
            .Edge("ENTITLES", "svc", "wiki", ("level", "L2")).Edge("REACHED_THROUGH", "wiki", "gate");

        Assert.Equal("- - - -", Estate.Reach(Told, "svc").Cells("wiki"));
        Assert.Equal("DR DR DR DR", Estate.Reach(Estate.View(Told), ["svc", "gate"]).Cells("wiki"));
    }

    [Fact]
    public void A_gateway_attained_later_opens_what_waited_for_it()
    {
        var reach = Estate.Reach(
            l => l.Service("svc").Service("gate").Service("mid").System("wiki")
                .Edge("ENTITLES", "svc", "wiki", ("level", "L2")).Edge("REACHED_THROUGH", "wiki", "gate")
                .Edge("CAN_ASSUME", "svc", "mid").Edge("CAN_ASSUME", "mid", "gate"),
            "svc");

        Assert.Equal(3, reach.Hops(reach.Graph.View.Find("wiki")!.Value));
    }

    [Fact]
    public void A_network_gate_on_a_system_yields_to_the_profile_or_to_an_attained_gateway()
    {
        static void Told(Facts.Lines l) => l.Service("gate").Service("svc").System("wiki", ("gates", new[] { "corpNetwork" }))
            .Edge("ENTITLES", "svc", "wiki", ("level", "L2")).Edge("REACHED_THROUGH", "wiki", "gate");

        Assert.Equal("- - - -", Estate.Reach(Told, "svc").Cells("wiki"));
        Assert.Equal("DR DR DR DR", Estate.Reach(Told, "svc", "Insider").Cells("wiki"));
        Assert.Equal("DR DR DR DR", Estate.Reach(Estate.View(Told), ["svc", "gate"]).Cells("wiki"));
    }

    [Theory]
    [InlineData("kim", "DR DR DR DR")]
    [InlineData("lee", "- - - -")]
    public void A_delegated_scope_goes_as_far_as_its_user(string user, string cells)
    {
        // Both users' rights in the system were read completely; Lee has none on the repository.
        var reach = Estate.Reach(
            l => l.App("app").Grant("grant", "delegated", ("survivesAuthoriserDisable", true)).Node("repo-scope", "Scope").System("git").Resource("repo").Account("kim").Account("lee")
                .Edge("IN_SYSTEM", "kim", "git").Edge("IN_SYSTEM", "lee", "git").Edge("IN_SYSTEM", "repo", "git")
                .Edge("ENTITLES", "kim", "repo", ("level", "L2")).Edge("ON_BEHALF_OF", "grant", user)
                .Edge("GRANTED_TO", "grant", "app").Edge("INCLUDES_SCOPE", "grant", "repo-scope").Edge("CONFERS", "repo-scope", "git", ("level", "L3")),
            "app");

        Assert.Equal(cells, reach.Cells("repo"));
        Assert.Equal("- - - -", reach.Cells("git"));
    }

    [Fact]
    public void A_user_whose_rights_were_never_collected_may_have_all_of_the_scope()
    {
        var reach = Estate.Reach(
            l => l.App("app").Grant("grant", "delegated", ("survivesAuthoriserDisable", true)).Node("scope", "Scope").System("git").Resource("repo").Account("kim")
                .Edge("IN_SYSTEM", "kim", "git").Edge("IN_SYSTEM", "repo", "git").Edge("ON_BEHALF_OF", "grant", "kim")
                .Edge("GRANTED_TO", "grant", "app").Edge("INCLUDES_SCOPE", "grant", "scope").Edge("CONFERS", "scope", "repo", ("level", "L2")).With(stream: "catalogue-in-part"),
            "app");

        Assert.Equal("- - DR DR", Estate.Reach(
            new Facts().Run("git", Estate.Day, l =>
            {
                l.App("app").Grant("grant", "delegated", ("survivesAuthoriserDisable", true)).Node("scope", "Scope").System("git").Resource("repo").Account("kim")
                    .Edge("IN_SYSTEM", "kim", "git").Edge("IN_SYSTEM", "repo", "git").Edge("ON_BEHALF_OF", "grant", "kim")
                    .Edge("GRANTED_TO", "grant", "app").Edge("INCLUDES_SCOPE", "grant", "scope").Edge("CONFERS", "scope", "repo", ("level", "L2"));
            }).At(Estate.Day),
            ["app"]).Cells("repo"));
        Assert.Equal("- - - -", reach.Cells("repo"));
    }

    [Theory]
    [InlineData("application", "DR DR DR DR")]
    [InlineData("domainWide", "DR DR DR DR")]
    [InlineData("delegated", "- - DR DR")]
    public void A_grant_for_nobody_in_particular_is_bound_by_nobody_unless_delegated(string type, string cells) =>
        Assert.Equal(cells, Estate.Reach(
            l => l.App("app").Grant("grant", type).Node("scope", "Scope").Resource("repo")
                .Edge("GRANTED_TO", "grant", "app").Edge("INCLUDES_SCOPE", "grant", "scope").Edge("CONFERS", "scope", "repo", ("level", "L2")),
            "app").Cells("repo"));

    [Fact]
    public void A_level_nobody_knows_is_possibly_the_highest_catalogued()
    {
        static void Told(Facts.Lines l) => l.Service("svc").System("crm").Resource("deals").Edge("IN_SYSTEM", "deals", "crm").Edge("ENTITLES", "svc", "deals");

        Assert.Equal("- - DRWUA DRWUA", Estate.Reach(Told, "svc").Cells("deals"));
        Assert.Equal("- - DR DR", Estate.Reach(l =>
        {
            Told(l);
            l.Node("crm.read", "Scope").Edge("CONFERS", "crm.read", "crm", ("level", "L2"));
        }, "svc").Cells("deals"));
    }

    [Fact]
    public void Admin_of_a_directory_is_the_control_plane()
    {
        static void Told(Facts.Lines l, string category) => l.Service("svc").System("ad", ("category", category)).Edge("ENTITLES", "svc", "ad", ("level", "L5"));

        Assert.Equal("DRWUAC DRWUAC DRWUAC DRWUAC", Estate.Reach(l => Told(l, "directory"), "svc").Cells("ad"));
        Assert.Equal("DRWUA DRWUA DRWUA DRWUA", Estate.Reach(l => Told(l, "saas"), "svc").Cells("ad"));
    }

    [Fact]
    public void Stated_containment_replaces_being_in_the_system()
    {
        var reach = Estate.Reach(
            l => l.System("drive").Resource("plain").Resource("sealed").Resource("folder").Resource("inner")
                .Edge("IN_SYSTEM", "plain", "drive").Edge("IN_SYSTEM", "sealed", "drive").Edge("IN_SYSTEM", "inner", "drive")
                .Edge("CONTAINS", "drive", "sealed", ("inherits", false)).Edge("CONTAINS", "folder", "inner"),
            "drive",
            rights: Rights.Discover | Rights.Read);

        Assert.Equal("DR DR DR DR", reach.Cells("plain"));
        Assert.Equal("- - - -", reach.Cells("sealed"));
        Assert.Equal("- - - -", reach.Cells("inner"));
    }

    [Fact]
    public void An_entitlement_to_provision_is_an_edge_that_provisions()
    {
        var reach = Estate.Reach(
            l => l.Account("kim").Node("admins", "Group").Node("make-users", "Entitlement").System("crm").Account("crm-lee")
                .Edge("MEMBER_OF", "kim", "admins").Edge("HAS_ENTITLEMENT", "admins", "make-users").Edge("IN_SYSTEM", "crm-lee", "crm")
                .Edge("CONFERS", "make-users", "crm", ("capability", "provision"), ("maxLevel", "L2")).Edge("CONFERS", "make-users", "crm", ("capability", "issueCredential")),
            "kim");

        Assert.Equal("- DR - DR", reach.Cells("crm"));
        Assert.Equal("- U - U", reach.Cells("crm-lee"));
        Assert.Equal("D9", reach.Proof(reach.Graph.View.Find("crm-lee")!.Value)!.Steps[^1].Rule!.Id);
    }

    [Fact]
    public void What_a_person_held_is_dead_once_rotated()
    {
        static void Told(Facts.Lines l, string rotatedAt) => l.Node("Pat", "Person").Key("key", "sshKey", ("rotatedAt", rotatedAt)).Edge("HELD_BY", "key", "Pat").With(from: "2025-01-01");

        Assert.Equal("- - - -", Estate.Reach(l => Told(l, "2025-05-01T00:00:00Z"), "Pat").Cells("key"));
        Assert.Equal("U U U U", Estate.Reach(l => Told(l, "2024-12-01T00:00:00Z"), "Pat").Cells("key"));
    }

    [Fact]
    public void An_exposed_credential_is_held_from_then_until_rotated()
    {
        static void Told(Facts.Lines l, string exposedAt) => l.Node("leak", "Exposure", ("at", exposedAt), ("until", "2025-05-20T00:00:00Z")).Key("key", "apiKey", ("rotatedAt", "2025-05-10T00:00:00Z")).Service("svc")
            .Edge("EXPOSES", "leak", "key").Edge("AUTHENTICATES_AS", "key", "svc");

        Assert.Equal("- - - -", Estate.Reach(l => Told(l, "2025-05-01T00:00:00Z"), "leak").Cells("svc"));
        Assert.Equal("U U U U", Estate.Reach(l => Told(l, "2025-05-15T00:00:00Z"), "leak").Cells("svc"));
    }

    [Fact]
    public void A_dead_node_or_edge_of_an_overlay_is_not_passed_and_facts_stay()
    {
        var view = Estate.View(l => l.Service("a").Service("b").Service("c").Edge("CAN_ASSUME", "a", "b").Edge("CAN_ASSUME", "b", "c"));
        var graph = ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer);
        var cancellation = TestContext.Current.CancellationToken;
        var seeds = new[] { Seed.Of(view.Find("a")!.Value) };

        Assert.Equal(["b", "c"], graph.Reach(seeds, null, cancellation).Certain());
        Assert.Empty(graph.Reach(seeds, new ReachOptions { DeadNodes = new HashSet<int> { view.Find("b")!.Value.Index } }, cancellation).Certain());
        Assert.Equal(["b"], graph.Reach(seeds, new ReachOptions { DeadEdges = new HashSet<int> { view.Find("b")!.Value.Out(EdgeKinds.CanAssume)[0].Index } }, cancellation).Certain());
        Assert.Equal(["b", "c"], graph.Reach(seeds, null, cancellation).Certain());
    }
}
