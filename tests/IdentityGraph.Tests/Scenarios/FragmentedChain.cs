namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// SC-16, the fragmented chain, on 2025-05-05, read that night. Lee asks the chat bot to deploy (h1), copies the text into a ticket
/// (h2); the ticket automation calls production with a shared key pasted in the ticket (h3); the production job runs as svc-deploy (h4).
/// </summary>
internal static class FragmentedChain
{
    public const string ThatNight = "2025-05-05T23:00:00Z";

    public static Facts Facts(Action<Facts.Lines>? more = null) => Scenarios.Facts.Of(ThatNight, run =>
    {
        Identities(run);
        Credentials(run);
        Parts(run);
        Handoff(run, "h1", "ask", "post", "09:05", "message", "bot-chat", onBehalfOf: "lee@chat").Edge("USED_CREDENTIAL", "h1", "tok-bot");
        Handoff(run, "h2", "post", "ticket", "09:20", "manual", "lee@chat", onBehalfOf: null);
        Handoff(run, "h3", "ticket", "call", "09:40", "api", "automation", onBehalfOf: null).Edge("USED_CREDENTIAL", "h3", "key-shared");
        Handoff(run, "h4", "call", "job", "09:45", "api", "svc-deploy", onBehalfOf: null)
            .Edge("USED_CREDENTIAL", "h4", "sts-77").Edge("ACTS_FOR", "h4", "automation", ("actDepth", 0));
        more?.Invoke(run);
    });

    public static Facts.Lines Handoff(Facts.Lines run, string id, string from, string to, string time, string method, string initiator, string? onBehalfOf) => run
        .Node(id, "Handoff", ("method", method), ("occurredAt", At(time)), ("onBehalfOf", onBehalfOf))
        .Edge("HANDOFF_FROM", id, from)
        .Edge("HANDOFF_TO", id, to)
        .Edge("INITIATED_BY", id, initiator);

    public static DateTimeOffset At(string time) => Scenarios.Facts.Instant($"2025-05-05T{time}:00Z");

    private static void Identities(Facts.Lines run)
    {
        OwnershipLattice.Employs(run, "lee");
        run.Node("lee@chat", "Account", ("state", "Active")).Edge("BELONGS_TO", "lee@chat", "lee");
        OwnershipLattice.Runs(run, "bot-chat");
        OwnershipLattice.Runs(run, "automation");
        OwnershipLattice.Runs(run, "svc-deploy");
        OwnershipLattice.Runs(run, "prod-api");
        run.Node("chat-policy", "Policy").Node("deploy-policy", "Policy");
    }

    private static void Credentials(Facts.Lines run) => run
        .Node("tok-bot", "Credential", ("kind", "accessToken"), ("issuedAt", At("09:00")), ("expiresAt", At("09:30")))
        .Edge("AUTHENTICATES_AS", "tok-bot", "bot-chat").Edge("GOVERNED_BY", "tok-bot", "chat-policy")
        .Node("ticket-1", "Resource", ("storeKind", "ticket"))
        .Node("key-shared", "Credential", ("kind", "apiKey"), ("expiresAt", null), ("revokedAt", null))
        .Edge("AUTHENTICATES_AS", "key-shared", "prod-api").Edge("STORED_IN", "key-shared", "ticket-1")
        .Node("sts-77", "Credential", ("kind", "accessToken"), ("issuedAt", At("09:44")), ("expiresAt", At("09:59")))
        .Edge("AUTHENTICATES_AS", "sts-77", "svc-deploy").Edge("GOVERNED_BY", "sts-77", "deploy-policy");

    private static void Parts(Facts.Lines run)
    {
        run.Node("run-7", "Run", ("startedAt", At("09:00")));
        foreach (var part in new[] { "ask", "post", "ticket", "call", "job" })
        {
            run.Node(part, "StepRun").Edge("STEP_OF", part, "run-7");
        }
    }
}
