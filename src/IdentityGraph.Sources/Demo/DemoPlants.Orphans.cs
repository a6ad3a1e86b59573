using IdentityGraph.Graph;
using static IdentityGraph.Graph.EdgeKinds;
using static IdentityGraph.Graph.NodeKinds;

namespace IdentityGraph.Sources.Demo;

internal sealed partial class DemoPlants
{
    /// <summary>One orphan of every reason, with the nearest that is none.</summary>
    private void Orphans()
    {
        var left = Person("bob", "Bob Tanner", _begin.AddDays(200));

        Orphan(Service("aws", "report-exporter"), "Orphaned O1");

        var ownerLeft = Service("aws", "etl-nightly");
        Owned(ownerLeft, left);
        Orphan(ownerLeft, "Orphaned O2");

        var onlyLeavers = Service("github", "mirror-bot");
        Node("governance", "owners", "governance:group/data-platform", Group, ("name", "data platform owners"));
        Node("governance", "owners", "governance:user/bob", NodeKinds.Account, ("name", "bob"), ("state", "Disabled"), ("authMethods", new[] { "sso" }));
        Edge("governance", "owners", BelongsTo, "governance:user/bob", left);
        Edge("governance", "owners", MemberOf, "governance:user/bob", "governance:group/data-platform");
        Owned(onlyLeavers, "governance:group/data-platform");
        Orphan(onlyLeavers, "Orphaned O3");

        var ownedByOrphan = Service("aws", "etl-nightly-writer");
        Owned(ownedByOrphan, ownerLeft);
        Orphan(ownedByOrphan, "Orphaned O4");

        var one = Service("aws", "blue-deployer");
        var other = Service("aws", "green-deployer");
        Owned(one, other);
        Owned(other, one);
        Orphan(one, "Orphaned O5");
        Orphan(other, "Orphaned O5");

        var external = Service("n8n", "partner-sync");
        Node("governance", "owners", "governance:organization/partner", Organization, ("name", "Partner Ltd"), ("kind", "vendor"));
        Owned(external, "governance:organization/partner");
        Orphan(external, "Orphaned O6");

        var text = Service("github", "release-signer");
        Owned(text, "text:platform team");
        Orphan(text, "Unknown O7");

        var gap = Service("aws", "cost-reporter");
        Owned(gap, SomebodySettled, until: _until.AddDays(-40));
        Orphan(gap, "Orphaned O8");

        var key = $"aws:key/report-exporter";
        Node("aws", "credentials", key, Credential, ("kind", "apiKey"), ("state", "Active"), ("issuedAt", _begin.AddDays(-100)), ("expiresAt", null), ("renewable", false), ("extractable", true));
        Edge("aws", "credentials", InSystem, key, DemoSystems.System("aws"));
        Edge("aws", "credentials", AuthenticatesAs, key, "aws:svc/report-exporter");
        Edge("aws", "credentials", StoredIn, key, DemoSystems.Resource("vault", "secrets"), ("sanctioned", true));
        Orphan(key, "Orphaned O1");
        Expect("findings IG-C01", key, "never expires");

        // Not orphans: one that a second owner still answers for, and one that is switched off and holds no key.
        var twoOwners = Service("aws", "invoice-mailer");
        Owned(twoOwners, left);
        Owned(twoOwners, SomebodySettled);
        Service("aws", "old-importer", "Disabled");
    }

    private void Orphan(string id, string expected) => Expect("orphans", id, expected);
}
