using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// Whether what a node is for still exists. What it serves decides; without that, a connector that made it and was removed, or an
/// integration whose target systems are gone, ends it. Serving one thing that goes on is enough.
/// </summary>
public sealed class Purposes(Liveness liveness)
{
    public Purpose Of(Node node)
    {
        var served = new List<Truth>();
        foreach (var edge in node.Out(EdgeKinds.Serves))
        {
            if (edge.Holds is not Truth.False)
            {
                var goesOn = GoesOn(edge.To);
                served.Add(goesOn is Truth.False ? Truth.False : edge.Holds.And(goesOn));
            }
        }

        if (served.Count > 0)
        {
            return served.Max() switch
            {
                Truth.True => Purpose.Active,
                Truth.False => Purpose.Ended,
                _ => Purpose.Unknown,
            };
        }

        return IsParentRemoved(node) || AreTargetsGone(node) ? Purpose.Ended : Purpose.Unknown;
    }

    /// <summary>Whether a process or workflow still runs: not ended, disabled, replaced or without somebody watching it.</summary>
    public Truth GoesOn(Node served)
    {
        if (served.Kind == NodeKinds.Unknown)
        {
            return Truth.Unknown;
        }

        if (served.Present is Truth.False)
        {
            return Truth.False;
        }

        if (served.Kind == NodeKinds.BusinessProcess)
        {
            return served[Properties.ProcessState] switch
            {
                { Text: "Ended" } => Truth.False,
                { Text: "Active", Fresh: true } => served.Present,
                _ => Truth.Unknown,
            };
        }

        var replaced = served.Get("replacedBy");
        var watched = served[Properties.MonitoredUntil];
        if (replaced.Text is { Length: > 0 } || watched.Instant <= served.View.AsOf)
        {
            return Truth.False;
        }

        var known = replaced.Known is Known.Disputed || watched.Known is Known.Disputed ? Truth.Unknown : Truth.True;
        return liveness.Of(served).And(known);
    }

    private static bool IsParentRemoved(Node node)
    {
        var parents = new List<Node>();
        foreach (var edge in node.In(EdgeKinds.Spawned))
        {
            if (edge.Of.Kind == NodeKinds.Connector)
            {
                parents.Add(edge.Of);
            }
        }

        return parents.Count > 0 && parents.TrueForAll(IsRemoved);
    }

    private static bool AreTargetsGone(Node node)
    {
        var targets = new List<Node>();
        foreach (var edge in node.Out(EdgeKinds.Connects))
        {
            if (edge.Holds is not Truth.False && edge[Properties.Side].Text == "target")
            {
                targets.Add(edge.To);
            }
        }

        return targets.Count > 0 && targets.TrueForAll(IsRemoved);
    }

    /// <summary>Removed for sure: it ended, or its own system says deleted. A placeholder is no evidence of removal.</summary>
    private static bool IsRemoved(Node node) =>
        node.Kind != NodeKinds.Unknown && (node.Present is Truth.False || node[Properties.State] is { Text: "Deleted", Grade: EvidenceGrade.SystemState });
}
