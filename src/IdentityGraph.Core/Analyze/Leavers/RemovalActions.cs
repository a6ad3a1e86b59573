using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// How far provisioning actions on a node got. What an action says of itself is a claim: only reading the target proves a removal.
/// </summary>
internal static class RemovalActions
{
    private static readonly string[] s_adding = ["create", "provision", "enable", "grant", "assign", "add", "activate", "update", "invite", "restore"];
    private static readonly string[] s_failures = ["failed", "failure", "error", "rejected", "timeout"];

    /// <summary>The most advanced of the removals asked of it by the view's instant; null: none was.</summary>
    public static Removal? On(Node node)
    {
        Removal? best = null;
        foreach (var edge in node.In(EdgeKinds.Targets))
        {
            var action = edge.Of;
            if (action.Kind == NodeKinds.ProvisioningAction && edge.Holds != Truth.False && !Adds(action)
                && Judge(action) is { } removal && (best is null || removal.State > best.Value.State))
            {
                best = removal;
            }
        }

        return best;
    }

    private static Removal? Judge(Node action)
    {
        var now = action.View.AsOf.UtcTicks;
        if (s_failures.Contains(action.Get("outcome").Text?.ToLowerInvariant()))
        {
            return Said(RemovalState.Failed, action, action.Get("outcome"));
        }

        foreach (var (property, state) in ((string, RemovalState)[])[("verifiedAt", RemovalState.Claimed), ("appliedAt", RemovalState.Claimed)])
        {
            if (action.Get(property) is { Instant: { } at } reading && at.UtcTicks <= now)
            {
                return Said(state, action, reading);
            }
        }

        if (ClosedTicket(action) is { } ticket)
        {
            return new Removal(RemovalState.Claimed, new RemovalEvidence(EvidenceGrade.TicketRecord, ticket), false);
        }

        if (action.Get("acceptedAt") is { Instant: { } accepted } acceptance && accepted.UtcTicks <= now)
        {
            return Said(RemovalState.Accepted, action, acceptance);
        }

        return action.Get("requestedAt") is { Instant: { } asked } && asked.UtcTicks > now ? null : Said(RemovalState.Requested, action, action.Get("requestedAt"));
    }

    private static Removal Said(RemovalState state, Node action, Reading reading) =>
        new(state, reading.IsReported ? new RemovalEvidence(reading.Grade, reading.At) : Observed.Last(action), false);

    private static long? ClosedTicket(Node action)
    {
        foreach (var cause in action.Out(EdgeKinds.CausedBy))
        {
            var state = cause.To.Get("state");
            if (cause.To.Kind == NodeKinds.Ticket && state.Text?.ToLowerInvariant() == "closed")
            {
                return cause.To.Get("closedAt").Instant?.UtcTicks is { } closed && closed <= action.View.AsOf.UtcTicks ? closed : state.At;
            }
        }

        return null;
    }

    private static bool Adds(Node action) => s_adding.Contains(action.Get("op").Text?.ToLowerInvariant());
}
