using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>Why nobody answers for a node for which surely nobody does.</summary>
public sealed class OrphanReasons
{
    private readonly ExternalParties _externals;
    private readonly PersonLinks _links;
    private readonly Condensation<Judged> _reasons;
    private readonly Condensation<Cycle> _cycles;

    public OrphanReasons(ExternalParties externals, PersonLinks links, CancellationToken stop = default)
    {
        (_externals, _links) = (externals, links);
        _reasons = new(Inheriting, (members, beyond) => new Judged(members.Select(OfItself).Concat(beyond.Select(parent => parent.Reason)).Min()), stop);
        _cycles = new(TopmostOrphans.AboveOf, (members, _) => new Cycle(IsOwnedWithin(members)), stop);
    }

    /// <summary>The first reason that holds; for a node without an owner of its own, of those of what it belongs to as well.</summary>
    public OrphanReason For(Node node) =>
        node.Kind == NodeKinds.Organization || node.Kind == NodeKinds.Group || node.Kind == NodeKinds.Team ? OfOwner(node)
        : OfCycle(node, _reasons.Of(node).Reason);

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
    private OrphanReason OfCycle(Node node, OrphanReason reason) => reason < OrphanReason.O5 ? reason
        : LiesOnCycle(node) ? OrphanReason.O5
        : reason is OrphanReason.O5 ? OrphanReason.O4
        : reason;

    private IEnumerable<Node> Inheriting(Node node) => OwnerHops.Own(node).Count > 0 ? [] : OwnerHops.Parents(node).Select(parent => parent.To);

    private OrphanReason OfItself(Node node)
    {
        var owners = OwnerHops.Own(node).Select(owner => owner.To).Concat(node.Kind == NodeKinds.Account ? _links.Of(node).Select(link => link.Person) : []).ToList();
        if (owners.Count == 0)
        {
            return Former(node).Any() ? OrphanReason.O8 : OrphanReason.O1;
        }

        var reason = owners.Min(OfOwner);
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
            return _externals.IsExternal(owner) ? OrphanReason.O6 : OrphanReason.O2;
        }

        if (owner.Kind == NodeKinds.Account)
        {
            var people = _links.Of(owner);
            return people.Count == 0 ? OrphanReason.O4 : people.Min(link => OfOwner(link.Person));
        }

        return owner.Kind == NodeKinds.Group || owner.Kind == NodeKinds.Team ? OrphanReason.O3 : OrphanReason.O4;
    }

    /// <summary>Whether the way to who answers, along at least one owner edge, leads back to the node.</summary>
    private bool LiesOnCycle(Node node) => _cycles.Of(node).Owned;

    private static bool IsOwnedWithin(IReadOnlyList<Node> members)
    {
        var inside = members.ToHashSet();
        return members.Any(member => OwnerHops.Own(member).Any(owner => inside.Contains(owner.To)));
    }

    private static bool WasNotTechnical(Edge edge) =>
        edge.Key != "technical" && edge.Statements().LastOrDefault(statement => statement.Property == Properties.OwnerRole.Name)?.Value.AsText() != "technical";

    private sealed record Judged(OrphanReason Reason);

    private sealed record Cycle(bool Owned);
}
