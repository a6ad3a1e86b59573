using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Chains;

/// <summary>Whether hops of a chain are live, dead or unknown at one instant.</summary>
/// <param name="view">The instant.</param>
/// <param name="correlationConfidence">From which confidence on a single link between account and person is taken as true; 0 to 1.</param>
public sealed class HopStates(GraphView view, double correlationConfidence)
{
    public Liveness Liveness { get; } = new(view, correlationConfidence);

    public Employments Employments { get; } = new(view);

    /// <summary>Whether the fact holds and what it meets is usable. Never described is never live, and no evidence that it is gone.</summary>
    /// <param name="hop">As met at this instant.</param>
    public Truth Of(IdentityHop hop)
    {
        ArgumentNullException.ThrowIfNull(hop);
        return hop.To.IsPlaceholder && hop.Live is Truth.False && Liveness.Holds(hop.Fact) is not Truth.False ? Truth.Unknown : hop.Live;
    }

    /// <summary>The same of a hop that was met at another instant.</summary>
    internal Truth OfSame(IdentityHop hop)
    {
        var (fact, to) = (new Edge(View, hop.Fact.Index), new Node(View, hop.To.Index));
        return Of(hop with { Fact = fact, To = to, From = new Node(View, hop.From.Index), Live = IdentityChain.IsLive(fact, to, Liveness, Employments) });
    }

    internal GraphView View { get; } = view;

    /// <summary>The same at another instant, to be looked at in few places.</summary>
    internal HopStates At(long ticks) => new(new GraphView(View.Snapshot, Instants.FromTicks(ticks), isLookedAtInFewPlaces: true), correlationConfidence);
}
