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
            return node.Kind == NodeKinds.Credential ? Held(node, rights) : [Direct(node, rights)];
        }

        var open = liveness.Of(node);
        var at = node[Properties.At].Ticks();
        var begun = HasBegun(node);
        List<Seed> seeds = [];
        if (NeverWas(node) || liveness.IsDead(node))
        {
            return seeds;
        }

        foreach (var edge in node.Out(EdgeKinds.Exposes))
        {
            // What was taken stays taken: a credential is held after the exposure is closed, and after nobody states it any more.
            var truth = edge.To.Kind == NodeKinds.Credential ? begun.And(edge.HasHeld) : open.And(edge.Holds);
            if (truth != Truth.False)
            {
                seeds.Add(Direct(edge.To, rights) with { IsOpened = true, Truth = truth, GainedAt = edge.To.Kind == NodeKinds.Credential ? at : null });
            }
        }

        return seeds;
    }

    /// <summary>Over when it began: a mark that was taken back. What it exposes was never taken.</summary>
    private static bool NeverWas(Node exposure) => Settled(exposure, Properties.Until) is { } until && until <= Settled(exposure, Properties.At);

    /// <summary>Null where nobody knows: a stale moment that lay ahead may have been moved since.</summary>
    private static long? Settled(Node exposure, Property moment) =>
        exposure[moment] is var stated && stated.Ticks() is { } ticks && (stated.Fresh || ticks <= exposure.View.AsOf.UtcTicks) ? ticks : null;

    private static Seed Direct(Node node, Rights? rights) => new() { Node = node, Rights = rights };

    /// <summary>
    /// A credential that exposures opened was gained at the latest of them. One that only may have opened it leaves it open whether it
    /// was gained then or now: replaced in between, it is possibly held, never surely gone.
    /// </summary>
    private static IReadOnlyList<Seed> Held(Node credential, Rights? rights)
    {
        var seed = Direct(credential, rights);
        List<long> sure = [];
        List<long> unsure = [];
        foreach (var edge in credential.In(EdgeKinds.Exposes))
        {
            var opened = edge.Of.Kind == NodeKinds.Exposure && !NeverWas(edge.Of) ? edge.Holds.And(edge.Of.Present).And(HasBegun(edge.Of)) : Truth.False;
            if (opened != Truth.False)
            {
                (opened == Truth.True ? sure : unsure).Add(edge.Of[Properties.At].Ticks() ?? credential.View.AsOf.UtcTicks);
            }
        }

        return (sure.Count, unsure.Count) switch
        {
            (0, 0) => [seed],
            (_, 0) => [seed with { GainedAt = sure.Max() }],
            (0, _) => [seed with { GainedAt = unsure.Min() }, seed with { Truth = Truth.Unknown }],
            _ => [seed with { GainedAt = sure.Max() }, seed with { GainedAt = unsure.Max(), Truth = Truth.Unknown }],
        };
    }

    /// <summary>A stale exposure that lay ahead may have come to be since.</summary>
    private static Truth HasBegun(Node exposure) =>
        Settled(exposure, Properties.At) is { } at ? TruthLogic.Of(at <= exposure.View.AsOf.UtcTicks) : Truth.Unknown;
}
