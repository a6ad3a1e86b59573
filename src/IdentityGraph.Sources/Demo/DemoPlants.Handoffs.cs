using IdentityGraph.Graph;
using static IdentityGraph.Graph.EdgeKinds;
using static IdentityGraph.Graph.NodeKinds;

namespace IdentityGraph.Sources.Demo;

internal sealed partial class DemoPlants
{
    /// <summary>The run whose four answers are known by hand.</summary>
    public const string Run = "n8n:run/4711";

    /// <summary>
    /// A customer's request goes from the chat to the tracker by hand and from there to production with a shared key that somebody pasted into
    /// a ticket: three systems, no one identity, no common trail.
    /// </summary>
    private void Handoffs()
    {
        var at = _until.AddDays(-2);
        var lee = Person("lee", "Lee Novak", null);
        Account("slack", "lee", lee, "Active", ("authMethods", new[] { "sso" }), ("mfa", true));
        Account("okta", "lee", lee, "Active", ("authMethods", new[] { "local" }), ("mfa", true));
        Edge("slack", "identities", AuthenticatedVia, "slack:user/lee", "okta:user/lee");
        var bot = Service("slack", "request-bot");
        var automation = Service("jira", "ticket-automation");
        Owned(bot, SomebodySettled);
        Owned(automation, SomebodySettled);
        Node("aws", "objects", "aws:production", NodeKinds.System, ("name", "production"), ("category", "production"), ("env", "prod"), ("tier", 1));
        Edge("aws", "objects", InTenant, "aws:production", "acme:tenant");
        Node("jira", "objects", "jira:resource/ticket-88", Resource, ("name", "ticket 88"), ("storeKind", "ticket"), ("criticality", 1));
        Edge("jira", "objects", InSystem, "jira:resource/ticket-88", DemoSystems.System("jira"));

        var shared = Service("aws", "prod-shared");
        Owned(shared, SomebodySettled);
        const string key = "aws:key/prod-shared";
        Node("aws", "credentials", key, Credential, _until.AddDays(-70), ("kind", "apiKey"), ("state", "Active"), ("issuedAt", _until.AddDays(-70)), ("expiresAt", null), ("renewable", false), ("extractable", true));
        Edge("aws", "credentials", InSystem, key, DemoSystems.System("aws"), _until.AddDays(-70), null);
        Edge("aws", "credentials", AuthenticatesAs, key, shared, _until.AddDays(-70), null);
        Edge("jira", "work", StoredIn, key, "jira:resource/ticket-88", at.AddHours(-1), null, ("sanctioned", false));
        Node("slack", "credentials", "slack:token/request-bot", Credential, at, ("kind", "accessToken"), ("state", "Active"), ("issuedAt", at), ("expiresAt", at.AddMinutes(30)), ("renewable", false), ("extractable", true));
        Edge("slack", "credentials", AuthenticatesAs, "slack:token/request-bot", bot, at, null);
        Edge("slack", "credentials", InSystem, "slack:token/request-bot", DemoSystems.System("slack"), at, null);
        Node("slack", "objects", "slack:policy/bot-tokens", Policy, ("name", "bot tokens last thirty minutes"));
        Edge("slack", "credentials", GovernedBy, "slack:token/request-bot", "slack:policy/bot-tokens", at, null);

        Node("n8n", "work", "n8n:workflow/refund", Workflow, ("name", "refund a customer"), ("state", "Active"), ("trigger", "event"));
        Edge("governance", "processes", Serves, "n8n:workflow/refund", "acme:process/support");
        Owned("n8n:workflow/refund", SomebodySettled);
        Node("n8n", "work", Run, NodeKinds.Run, at, ("startedAt", at), ("status", "success"));
        Edge("n8n", "work", RunOf, Run, "n8n:workflow/refund", at, null);
        string[] steps = ["chat", "desk", "ticket", "production"];
        string[] places = [DemoSystems.System("slack"), DemoSystems.System("jira"), DemoSystems.System("jira"), "aws:production"];
        for (var i = 0; i < steps.Length; i++)
        {
            Node("n8n", "work", StepRunId(steps[i]), StepRun, at.AddMinutes(i), ("startedAt", at.AddMinutes(i)), ("status", "success"));
            Edge("n8n", "work", StepOf, StepRunId(steps[i]), Run, at.AddMinutes(i), null);
            Edge("n8n", "work", ActedOn, StepRunId(steps[i]), places[i], at.AddMinutes(i), null);
        }

        Handoff("1", "api", at, steps[0], steps[1], bot, "slack:user/lee", "slack:token/request-bot");
        Handoff("2", "manual", at.AddMinutes(10), steps[1], steps[2], "slack:user/lee", null, null);
        Handoff("3", "api", at.AddMinutes(20), steps[2], steps[3], automation, null, key);
        Expect($"handoff {Run}", HandoffId("1"), $"{bot} / slack:token/request-bot / PolicyIssued / Expired");
        Expect($"handoff {Run}", HandoffId("2"), "slack:user/lee / gap / ManuallyCopied");
        Expect($"handoff {Run}", HandoffId("3"), $"{automation} / {key} / ManuallyCopied / Live");
        Expect("findings IG-W01", "acme:process/support", "chat, ticketing and production without one identity or trail");
        Expect("findings IG-C04", key, "jira:resource/ticket-88");
        Expect("findings IG-C01", key, "never expires");
    }

    private static string StepRunId(string step) => $"{Run}/{step}";

    private static string HandoffId(string number) => $"{Run}/handoff-{number}";

    private void Handoff(string number, string method, DateTimeOffset at, string from, string to, string initiator, string? actsFor, string? credential)
    {
        var id = HandoffId(number);
        Node("n8n", "work", id, NodeKinds.Handoff, at, [("method", method), ("occurredAt", at), .. actsFor is null ? new (string, object?)[] { ("onBehalfOf", null) } : [("onBehalfOf", actsFor)]]);
        Edge("n8n", "work", HandoffFrom, id, StepRunId(from), at, null);
        Edge("n8n", "work", HandoffTo, id, StepRunId(to), at, null);
        Edge("n8n", "work", InitiatedBy, id, initiator, at, null);
        if (actsFor is not null)
        {
            Edge("n8n", "work", ActsFor, id, actsFor, at, null, ("actDepth", 1));
        }

        if (credential is not null)
        {
            Edge("n8n", "work", UsedCredential, id, credential, at, null);
        }
    }
}
