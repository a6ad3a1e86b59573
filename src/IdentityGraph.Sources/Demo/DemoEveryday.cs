using static IdentityGraph.Graph.EdgeKinds;
using static IdentityGraph.Graph.NodeKinds;

namespace IdentityGraph.Sources.Demo;

/// <summary>Everyday life: people with accounts, and service identities somebody answers for. Nothing of it is a finding.</summary>
internal static class DemoEveryday
{
    public static IEnumerable<DemoFact> Of(DemoPerson person, DemoSize size) =>
        Employed(person).Concat(SignIn(person, size)).Concat(Apps(person)).Concat(Services(person, size));

    private static IEnumerable<DemoFact> Employed(DemoPerson person)
    {
        yield return new DemoNode("hr", "people", person.Id, Person, person.HiredAt, ("name", person.Name), ("hrId", person.Number.ToString("D6")));
        var employment = new DemoNode(
            "hr",
            "employments",
            person.Employment,
            Employment,
            person.HiredAt,
            ("kind", "employee"),
            ("startAt", person.HiredAt),
            ("endAt", null),
            ("status", "active"),
            ("department", person.IsEngineer ? "Engineering" : "Operations"));
        if (person.LeftAt is { } left)
        {
            employment.Then(left, ("status", "ended"), ("endAt", left));
        }

        if (person.MovedAt is { } moved)
        {
            employment.Then(moved, ("department", "Support"));
        }

        yield return employment;
        yield return new DemoEdge("hr", "employments", EmployedAs, person.Id, person.Employment, person.HiredAt, null);
        if (person.MovedAt is { } event_)
        {
            var id = $"hr:event/mover-{person.Number:D6}";
            yield return new DemoNode("hr", "employments", id, LifecycleEvent, event_, ("kind", "mover"), ("effectiveAt", event_), ("enteredAt", event_));
            yield return new DemoEdge("hr", "employments", Targets, id, person.Id, event_, null);
        }
    }

    /// <summary>The directory account with password and second factor; a leaver's is disabled within the hour.</summary>
    private static IEnumerable<DemoFact> SignIn(DemoPerson person, DemoSize size)
    {
        var account = person.Account("okta");
        var closed = person.LeftAt?.AddMinutes(30 + (person.Number % 25));
        yield return Closed(new DemoNode("okta", "identities", account, Account, person.HiredAt, ("name", person.Name), ("state", "Active"), ("authMethods", new[] { "local" }), ("mfa", true)), closed);
        yield return new DemoEdge("okta", "identities", InSystem, account, DemoSystems.System("okta"), person.HiredAt, null);
        yield return new DemoEdge("okta", "identities", BelongsTo, account, person.Id, person.HiredAt, null);
        foreach (var kind in new[] { "password", "mfaFactor" })
        {
            var credential = $"okta:{kind}/{person.Number:D6}";
            var issued = person.HiredAt > size.Begin ? person.HiredAt : size.Begin.AddDays(-10);
            var node = new DemoNode("okta", "credentials", credential, Credential, person.HiredAt, ("kind", kind), ("state", "Active"), ("extractable", kind == "password"), ("issuedAt", issued), ("expiresAt", kind == "password" ? issued.AddDays(360) : null), ("renewable", false));
            var changed = size.Until.AddDays(-200);
            if (kind == "password" && person.LeftAt is null && issued < changed)
            {
                node.Then(changed, ("issuedAt", changed), ("rotatedAt", changed), ("expiresAt", changed.AddDays(360)));
            }

            yield return Closed(node, closed);
            yield return new DemoEdge("okta", "credentials", InSystem, credential, DemoSystems.System("okta"), person.HiredAt, null);
            yield return new DemoEdge("okta", "credentials", AuthenticatesAs, credential, account, person.HiredAt, null);
            yield return new DemoEdge("okta", "credentials", HeldBy, credential, person.Id, person.HiredAt, null);
        }
    }

    /// <summary>Accounts in applications, signed in to through the directory only.</summary>
    private static IEnumerable<DemoFact> Apps(DemoPerson person)
    {
        foreach (var app in person.IsEngineer ? DemoSystems.Everybodys.Concat(DemoSystems.Engineers) : DemoSystems.Everybodys)
        {
            var account = person.Account(app);
            var closed = person.LeftAt?.AddHours(1 + (person.Number % 5));
            yield return Closed(new DemoNode(app, "identities", account, Account, person.HiredAt, ("name", person.Name), ("state", "Active"), ("authMethods", new[] { "sso" }), ("mfa", true)), closed);
            yield return new DemoEdge(app, "identities", InSystem, account, DemoSystems.System(app), person.HiredAt, null);
            yield return new DemoEdge(app, "identities", BelongsTo, account, person.Id, person.HiredAt, null);
            yield return new DemoEdge(app, "identities", AuthenticatedVia, account, person.Account("okta"), person.HiredAt, null);
            yield return new DemoEdge(app, "grants", MemberOf, account, DemoSystems.Members(app), person.HiredAt, closed);
        }
    }

    /// <summary>Service identities with a key that lies in the vault, is rotated and runs out, and a settled person who answers for them.</summary>
    private static IEnumerable<DemoFact> Services(DemoPerson person, DemoSize size)
    {
        for (var i = 0; i < size.ServiceIdentitiesPerPerson; i++)
        {
            var source = i % 2 == 0 ? "aws" : "github";
            var identity = $"{source}:svc/{person.Number:D6}-{i}";
            var key = $"{source}:key/{person.Number:D6}-{i}";
            var from = size.Begin.AddDays(-20 - (i % 10));
            yield return new DemoNode(source, "identities", identity, ServiceIdentity, from, ("name", $"job {person.Number}-{i}"), ("state", "Active"), ("nhiKind", "serviceAccount"));
            yield return new DemoEdge(source, "identities", InSystem, identity, DemoSystems.System(source), from, null);
            yield return new DemoEdge(source, "grants", MemberOf, identity, DemoSystems.Members(source), from, null);
            yield return new DemoNode(source, "credentials", key, Credential, from, ("kind", "apiKey"), ("state", "Active"), ("issuedAt", from), ("expiresAt", from.AddDays(300)), ("renewable", false), ("extractable", true))
                .Then(from.AddDays(270), ("issuedAt", from.AddDays(270)), ("rotatedAt", from.AddDays(270)), ("expiresAt", from.AddDays(560)))
                .Then(size.Until.AddDays(-20), ("issuedAt", size.Until.AddDays(-20)), ("rotatedAt", size.Until.AddDays(-20)), ("expiresAt", size.Until.AddDays(60)));
            yield return new DemoEdge(source, "credentials", InSystem, key, DemoSystems.System(source), from, null);
            yield return new DemoEdge(source, "credentials", AuthenticatesAs, key, identity, from, null);
            yield return new DemoEdge(source, "credentials", StoredIn, key, DemoSystems.Resource("vault", "secrets"), from, null, ("sanctioned", true));
            yield return new DemoEdge("governance", "owners", OwnedBy, identity, person.Answering.Id, from, null, ("role", "accountable"));
            yield return new DemoEdge("governance", "processes", Serves, identity, "acme:process/delivery", from, null);
        }
    }

    private static DemoNode Closed(DemoNode node, DateTimeOffset? at) => at is { } closed ? node.Then(closed, ("state", "Disabled")) : node;
}
