using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Chains;

/// <summary>Walks the chain around one identity, nearest first, each fact once.</summary>
/// <param name="liveness">Whether what a hop meets is usable.</param>
/// <param name="employments">Whether an engagement is active: one that ended is on record and dead.</param>
public sealed class IdentityChain(Liveness liveness, Employments employments)
{
    /// <summary>Whether the fact holds and the end met is usable.</summary>
    internal static Truth IsLive(Edge fact, Node next, Liveness liveness, Employments employments) =>
        next.Kind == NodeKinds.Employment && fact.Kind == EdgeKinds.EmployedAs ? employments.IsActiveBy(fact) : liveness.Holds(fact).And(liveness.Of(next));

    /// <param name="start">Where the chain begins.</param>
    /// <param name="outwards">Towards what it leads to; else towards what leads to it.</param>
    /// <param name="depth">Longest chain, in hops; at least 1.</param>
    /// <param name="liveOnly">Leaves out hops that are certainly dead, and what lies behind them; unknown ones stay.</param>
    public IEnumerable<IdentityHop> Walk(Node start, bool outwards, int depth, bool liveOnly)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        var seen = new HashSet<Node> { start };
        var walked = new HashSet<Edge>();
        var work = new Queue<(Node At, int Depth)>([(start, 0)]);
        while (work.TryDequeue(out var at))
        {
            foreach (var step in ChainSteps.All)
            {
                var along = step.AlongFact == outwards;
                foreach (var fact in along ? at.At.Out(step.Kind) : at.At.In(step.Kind))
                {
                    var next = along ? fact.To : fact.Of;
                    var live = IsLive(fact, next, liveness, employments);
                    if ((liveOnly && live is Truth.False) || !walked.Add(fact))
                    {
                        continue;
                    }

                    yield return new IdentityHop(at.Depth + 1, outwards, fact, at.At, next, live);
                    if (at.Depth + 1 < depth && (step.GoesOn || !outwards) && seen.Add(next))
                    {
                        work.Enqueue((next, at.Depth + 1));
                    }
                }
            }
        }
    }
}

/// <summary>One hop of an identity chain.</summary>
/// <param name="Depth">Hops from the start, 1 for the first.</param>
/// <param name="Outwards">Which way it was walked.</param>
/// <param name="Fact">The edge; walked from <paramref name="From"/> to <paramref name="To"/>, which may be against its own direction.</param>
/// <param name="From">Nearer to the start.</param>
/// <param name="To">Farther from it.</param>
/// <param name="Live">Whether the fact holds and what it meets is usable.</param>
public sealed record IdentityHop(int Depth, bool Outwards, Edge Fact, Node From, Node To, Truth Live);
