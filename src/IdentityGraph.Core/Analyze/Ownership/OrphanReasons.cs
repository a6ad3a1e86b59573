using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>Why nobody answers for a node for which surely nobody does.</summary>
public sealed class OrphanReasons(ExternalParties externals, PersonLinks links)
{
    /// <summary>The first reason that holds; for a node without an owner of its own, of those of what it belongs to as well.</summary>
    public OrphanReason For(Node node) =>
        node.Kind == NodeKinds.Account ? links.Of(node).Count == 0 ? OrphanReason.O1 : OfOwner(node)
        : node.Kind == NodeKinds.Organization || node.Kind == NodeKinds.Group || node.Kind == NodeKinds.Team ? OfOwner(node)
        : OfCycle(node, For(node, []));

    /// <summary>Owner edges that answered before and have ended, none of them technical; of some only the end is known.</summary>
    public static IEnumerable<Edge> Former(Node node)
    {
        var asOf = node.View.AsOf.UtcTicks;
        foreach (var edge in node.Out(EdgeKinds.OwnedBy))
        {
            if (edge.Holds is Truth.False && WasNotTechnical(edge) && edge.Claims.Any(claim => claim.BeginsNotBefore <= asOf && claim.BeginsNotBefore < claim.Until))
            {
                yield return edge;
            }
        }
    }

    /// <summary>Only what lies on a cycle itself is said to; whoever is answered for by one that does has an owner who is orphaned.</summary>
    private static OrphanReason OfCycle(Node node, OrphanReason reason) => reason < OrphanReason.O5 ? reason
        : LiesOnCycle(node) ? OrphanReason.O5
        : reason is OrphanReason.O5 ? OrphanReason.O4
        : reason;

    private OrphanReason For(Node node, HashSet<Node> seen)
    {
        seen.Add(node);
        var owners = OwnerHops.Own(node);
        if (owners.Count > 0)
        {
            return OwnersDecide(node, owners);
        }

        var reason = Former(node).Any() ? OrphanReason.O8 : OrphanReason.O1;
        foreach (var parent in OwnerHops.Parents(node).Where(parent => !seen.Contains(parent.To)).ToList())
        {
            var inherited = parent.To.Kind == NodeKinds.Account ? For(parent.To) : For(parent.To, seen);
            reason = inherited < reason ? inherited : reason;
        }

        return reason;
    }

    private OrphanReason OwnersDecide(Node node, IReadOnlyList<OwnerHop> owners)
    {
        var reason = owners.Min(owner => OfOwner(owner.To));
        return OrphanReason.O5 < reason && LiesOnCycle(node) ? OrphanReason.O5 : reason;
    }

    /// <summary>What is wrong with an owner who does not answer.</summary>
    private OrphanReason OfOwner(Node owner)
    {
        if (owner.Kind == NodeKinds.Unknown)
        {
            return OrphanReason.O7;
        }

        if (owner.Kind == NodeKinds.Organization)
        {
            return ExternalParties.IsExternalOrganization(owner) ? OrphanReason.O6 : OrphanReason.O4;
        }

        if (owner.Kind == NodeKinds.Person)
        {
            return externals.IsExternal(owner) ? OrphanReason.O6 : OrphanReason.O2;
        }

        if (owner.Kind == NodeKinds.Account)
        {
            var people = links.Of(owner);
            return people.Count == 0 ? OrphanReason.O4 : people.Min(link => OfOwner(link.Person));
        }

        return owner.Kind == NodeKinds.Group || owner.Kind == NodeKinds.Team ? OrphanReason.O3 : OrphanReason.O4;
    }

    /// <summary>Whether the way to who answers, along at least one owner edge, leads back to the node.</summary>
    private static bool LiesOnCycle(Node node)
    {
        HashSet<(Node Node, bool Owned)> seen = [];
        var work = new Stack<(Node Node, bool Owned)>([(node, false)]);
        while (work.TryPop(out var at))
        {
            var own = OwnerHops.Own(at.Node);
            foreach (var hop in own.Count > 0 ? own : OwnerHops.Parents(at.Node))
            {
                var next = (hop.To, Owned: at.Owned || own.Count > 0);
                if (next == (node, true))
                {
                    return true;
                }

                if (seen.Add(next))
                {
                    work.Push(next);
                }
            }
        }

        return false;
    }

    private static bool WasNotTechnical(Edge edge) =>
        edge.Key != "technical" && edge.Statements().LastOrDefault(statement => statement.Property == Properties.OwnerRole.Name)?.Value.AsText() != "technical";
}
