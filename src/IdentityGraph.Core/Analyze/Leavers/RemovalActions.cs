using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// How far provisioning actions on a node got. What an action says of itself is a claim: only reading the target proves a removal.
/// </summary>
internal static class RemovalActions
{
    private static readonly string[] s_adding = ["create", "provision", "enable", "grant", "assign", "add", "activate", "update", "invite", "restore"];
    private static readonly string[] s_failures = ["failed", "failure", "error", "rejected", "timeout"];

    /// <summary>The most advanced of the removals asked of it by the view's instant, for one that failed is tried again; null: none was.</summary>
    /// <param name="node">The target.</param>
    /// <param name="read">When the target was last read as not removed, UTC ticks: what is said to have been done before is refuted. Null: never.</param>
    public static Removal? On(Node node, long? read)
    {
        List<Node> actions = [];
        foreach (var edge in node.In(EdgeKinds.Targets))
        {
            if (edge.Of.Kind == NodeKinds.ProvisioningAction && AnchorWindow.During(edge, Instants.Earliest, node.View.AsOf.UtcTicks + 1) != Truth.False)
            {
                actions.Add(edge.Of);
            }
        }

        return Furthest(actions, read);
    }

    /// <summary>The most advanced of these, those left out that add something.</summary>
    /// <param name="actions">ProvisioningActions on one target.</param>
    /// <param name="read">When the target was last read as not removed, UTC ticks; null: never.</param>
    public static Removal? Furthest(IEnumerable<Node> actions, long? read)
    {
        Removal? best = null;
        foreach (var action in actions)
        {
            if (!Adds(action) && Judge(action, read) is { } removal && (best is null || removal.State > best.Value.State))
            {
                best = removal;
            }
        }

        return best;
    }

    /// <summary>Whether it gives something rather than takes it away.</summary>
    public static bool Adds(Node action) => s_adding.Contains(action.Get("op").Text?.ToLowerInvariant());

    private static Removal? Judge(Node action, long? read)
    {
        var now = action.View.AsOf.UtcTicks;
        if (s_failures.Contains(action.Get("outcome").Text?.ToLowerInvariant()))
        {
            return Said(RemovalState.Failed, action, action.Get("outcome"));
        }

        foreach (var property in (string[])["verifiedAt", "appliedAt"])
        {
            if (action.Get(property) is { Instant: { } at } reading && at.UtcTicks <= now && !(read > at.UtcTicks))
            {
                return Said(RemovalState.Claimed, action, reading);
            }
        }

        if (ClosedTicket(action) is { } ticket && !(read > ticket))
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
        new(state, reading.IsReported ? new RemovalEvidence(reading.Grade, reading.SeenAt) : Observed.Last(action), false);

    private static long? ClosedTicket(Node action)
    {
        foreach (var cause in action.Out(EdgeKinds.CausedBy))
        {
            if (AnchorWindow.During(cause, Instants.Earliest, action.View.AsOf.UtcTicks + 1) == Truth.False)
            {
                continue;
            }

            var state = cause.To.Get("state");
            if (cause.To.Kind == NodeKinds.Ticket && state.Text?.ToLowerInvariant() == "closed")
            {
                return cause.To.Get("closedAt").Instant?.UtcTicks is { } closed && closed <= action.View.AsOf.UtcTicks ? closed : state.At;
            }
        }

        return null;
    }
}
