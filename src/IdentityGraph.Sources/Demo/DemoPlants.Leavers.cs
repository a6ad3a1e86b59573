using IdentityGraph.Graph;
using static IdentityGraph.Graph.EdgeKinds;
using static IdentityGraph.Graph.NodeKinds;

namespace IdentityGraph.Sources.Demo;

internal sealed partial class DemoPlants
{
    /// <summary>One leaver of every verdict. Everyday leavers are Clear.</summary>
    private void Leavers()
    {
        Leaver(SomebodyOut("bob", "hr:person/bob", _begin.AddDays(200), exists: true), "Clear");
        Reachable();
        Automation();
        Latent();
        Unverified();
        Pending();
    }

    private void Leaver(string person, string verdict) => Expect("leaver", person, verdict);

    /// <summary>A directory account that was switched off in time.</summary>
    private string SomebodyOut(string name, string label, DateTimeOffset leftAt, bool exists = false)
    {
        var person = exists ? label : Person(name, label, leftAt);
        Account("okta", name, person, "Active", ("authMethods", new[] { "local" }), ("mfa", true)).Then(leftAt.AddMinutes(20), ("state", "Disabled"));
        return person;
    }

    /// <summary>The directory account is off; a guest account in the chat with a password of its own was forgotten.</summary>
    private void Reachable()
    {
        var person = SomebodyOut("rhea", "Rhea Stone", _until.AddDays(-45));
        Account("slack", "rhea-guest", person, "Active", ("authMethods", new[] { "local" }), ("mfa", false), ("guest", true));
        Edge("slack", "grants", MemberOf, "slack:user/rhea-guest", DemoSystems.Members("slack"));
        Node("slack", "credentials", "slack:password/rhea-guest", Credential, ("kind", "password"), ("state", "Active"), ("expiresAt", null), ("renewable", false), ("extractable", true));
        Edge("slack", "credentials", InSystem, "slack:password/rhea-guest", DemoSystems.System("slack"));
        Edge("slack", "credentials", AuthenticatesAs, "slack:password/rhea-guest", "slack:user/rhea-guest");
        Edge("slack", "credentials", HeldBy, "slack:password/rhea-guest", person);
        Leaver(person, "Reachable");
        Orphan("slack:password/rhea-guest", "Orphaned O2");
        Expect("findings IG-C01", "slack:password/rhea-guest", "never expires");
    }

    /// <summary>The person is out; the grant they consented to for a third party's application lives on without them.</summary>
    private void Automation()
    {
        var person = SomebodyOut("amir", "Amir Holt", _until.AddDays(-60));
        Account("asana", "amir", person, "Active", ("authMethods", new[] { "sso" }), ("mfa", true)).Then(_until.AddDays(-60).AddHours(2), ("state", "Disabled"));
        Edge("asana", "identities", AuthenticatedVia, "asana:user/amir", "okta:user/amir");
        Node("asana", "objects", "asana:app/timesheets", Application, ("name", "Timesheets"), ("state", "Active"), ("thirdParty", false));
        Edge("asana", "objects", InSystem, "asana:app/timesheets", DemoSystems.System("asana"));
        Node("asana", "grants", "asana:grant/timesheets", OAuthGrant, ("name", "Timesheets on Asana"), ("state", "Active"), ("type", "application"), ("survivesAuthoriserDisable", true));
        Edge("asana", "grants", GrantedTo, "asana:grant/timesheets", "asana:app/timesheets");
        Edge("asana", "grants", ConsentedBy, "asana:grant/timesheets", "asana:user/amir");
        Node("asana", "grants", "asana:scope/projects.write", Scope, ("name", "projects.write"));
        Edge("asana", "grants", IncludesScope, "asana:grant/timesheets", "asana:scope/projects.write");
        Edge("asana", "grants", Confers, "asana:scope/projects.write", DemoSystems.Resource("asana", "projects"), ("level", "L3"));
        foreach (var role in new[] { "accountable", "scopeApproval", "usageMonitoring", "revocation" })
        {
            Owned("asana:app/timesheets", SomebodySettled, role: role);
            Owned("asana:grant/timesheets", SomebodySettled, role: role);
        }

        Leaver(person, "AutomationContinues");
    }

    /// <summary>An account that was only suspended and kept its rights: nobody can use it until somebody wakes it.</summary>
    private void Latent()
    {
        var person = SomebodyOut("lena", "Lena Marsh", _until.AddDays(-30));
        Account("github", "lena", person, "Active", ("authMethods", new[] { "local" }), ("mfa", true)).Then(_until.AddDays(-30).AddHours(1), ("state", "Suspended"));
        Edge("github", "grants", MemberOf, "github:user/lena", DemoSystems.Members("github"));
        Leaver(person, "Latent");
    }

    /// <summary>The tracker's log says the account was switched off; nobody has read the account since.</summary>
    private void Unverified()
    {
        var person = SomebodyOut("uma", "Uma Frost", _until.AddDays(-20));
        Account("jira", "uma", person, "Active", ("authMethods", new[] { "local" }), ("mfa", true)).Then(_until.AddDays(-20).AddHours(1), EvidenceGrade.SystemEvent, ("state", "Disabled"));
        Edge("jira", "grants", MemberOf, "jira:user/uma", DemoSystems.Members("jira"));
        Leaver(person, "Unverified");
    }

    /// <summary>Left three hours ago: what is still open is inside its time.</summary>
    private void Pending()
    {
        var person = Person("paul", "Paul Reyes", _until.AddHours(-3));
        Account("jira", "paul", person, "Active", ("authMethods", new[] { "local" }), ("mfa", false));
        Edge("jira", "grants", MemberOf, "jira:user/paul", DemoSystems.Members("jira"));
        Leaver(person, "Pending");
    }
}
