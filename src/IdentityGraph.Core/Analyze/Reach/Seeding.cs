using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>What is meant by naming a node as a start: a credential with the moment its material was gained, an exposure with what it opens.</summary>
public static class Seeding
{
    /// <summary>The seeds that a node stands for.</summary>
    /// <param name="node">What was named.</param>
    /// <param name="liveness">Judged at the same view.</param>
    /// <param name="rights">On resources and systems, instead of the usual ones; null: the usual ones.</param>
    public static IReadOnlyList<Seed> Of(Node node, Liveness liveness, Rights? rights = null)
    {
        if (node.Kind != NodeKinds.Exposure)
        {
            return [Direct(node, rights)];
        }

        var open = liveness.Of(node);
        var at = node[Properties.At].Ticks();
        // A stale exposure that lay ahead may have come to be since.
        var begun = at is null || (at > node.View.AsOf.UtcTicks && !node[Properties.At].Fresh) ? Truth.Unknown : TruthLogic.Of(at <= node.View.AsOf.UtcTicks);
        List<Seed> seeds = [];
        foreach (var edge in node.Out(EdgeKinds.Exposes))
        {
            // What was taken stays taken: a credential is held after the exposure is closed, and after nobody states it any more.
            var truth = edge.To.Kind == NodeKinds.Credential ? begun.And(HasHeld(edge)) : open.And(edge.Holds);
            if (truth != Truth.False)
            {
                seeds.Add(Direct(edge.To, rights) with { Truth = truth, GainedAt = edge.To.Kind == NodeKinds.Credential ? at : null });
            }
        }

        return seeds;
    }

    /// <summary>Whether it holds or held before.</summary>
    private static Truth HasHeld(Edge edge)
    {
        var now = edge.View.AsOf.UtcTicks;
        return edge.Claims.Aggregate(Truth.False, (held, claim) => held.Or(
            claim.From <= now && claim.From < claim.Until ? Truth.True
            : claim.BeginsNotBefore <= now ? Truth.Unknown
            : Truth.False));
    }

    private static Seed Direct(Node node, Rights? rights) =>
        new() { Node = node, Rights = rights, GainedAt = node.Kind == NodeKinds.Credential ? ExposedAt(node) : null };

    /// <summary>The latest moment an exposure opened it, UTC ticks; null: none did.</summary>
    private static long? ExposedAt(Node credential)
    {
        long? latest = null;
        foreach (var edge in credential.In(EdgeKinds.Exposes))
        {
            var at = edge.Of[Properties.At].Ticks();
            if (edge.Of.Kind == NodeKinds.Exposure && at is not null && at <= credential.View.AsOf.UtcTicks && (latest is null || at > latest))
            {
                latest = at;
            }
        }

        return latest;
    }
}
