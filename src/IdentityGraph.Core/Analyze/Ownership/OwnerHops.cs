using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// One step towards who answers: for every kind, whose answer counts as its own. Answering for something is never control of it,
/// so an owner of role `technical` does not answer.
/// </summary>
public sealed class OwnerHops(PersonLinks links, ExternalParties externals, Reach.Liveness liveness)
{
    /// <summary>Owners stated for the node itself that hold or may hold, by owner id then role.</summary>
    public static IReadOnlyList<OwnerHop> Own(Node node)
    {
        List<OwnerHop> hops = [];
        foreach (var edge in node.Out(EdgeKinds.OwnedBy))
        {
            var truth = edge.Holds.And(Answers(edge));
            if (truth is not Truth.False)
            {
                hops.Add(new OwnerHop(edge.To, truth, edge));
            }
        }

        return hops;
    }

    /// <summary>Whether a credential, connector, agent or grant without an owner of its own is answered for through what it belongs to.</summary>
    public static bool Inherits(NodeKind kind) =>
        kind == NodeKinds.Credential || kind == NodeKinds.Connector || kind == NodeKinds.Agent || kind == NodeKinds.OAuthGrant;

    /// <summary>What an inheriting node belongs to: a credential's subjects, else the application.</summary>
    public static IEnumerable<OwnerHop> Parents(Node node)
    {
        if (node.Kind == NodeKinds.Agent)
        {
            foreach (var edge in node.In(EdgeKinds.RunsAs))
            {
                if (edge.Holds is not Truth.False && edge.Of.Kind == NodeKinds.Application)
                {
                    yield return new OwnerHop(edge.Of, edge.Holds, edge);
                }
            }
        }

        EdgeKind[] kinds = node.Kind == NodeKinds.Credential ? [EdgeKinds.AuthenticatesAs]
            : Inherits(node.Kind) ? [EdgeKinds.InstanceOf, EdgeKinds.GrantedTo]
            : [];
        foreach (var kind in kinds)
        {
            foreach (var edge in node.Out(kind))
            {
                if (edge.Holds is not Truth.False)
                {
                    yield return new OwnerHop(edge.To, edge.Holds, edge);
                }
            }
        }
    }

    /// <summary>Whether a person is linked to the account, surely or possibly.</summary>
    public bool HasPerson(Node account) => links.Of(account).Count > 0;

    /// <summary>Every step from the node, with its truth; none from a person, where the chain ends.</summary>
    public IEnumerable<OwnerHop> From(Node node)
    {
        if (node.Kind == NodeKinds.Person || node.Kind == NodeKinds.Unknown)
        {
            return [];
        }

        if (node.Kind == NodeKinds.Account)
        {
            return links.Of(node).Select(link => new OwnerHop(link.Person, link.Truth, link.Edge)).Concat(Own(node));
        }

        if (node.Kind == NodeKinds.Organization)
        {
            return externals.SponsorsOf(node);
        }

        if (node.Kind == NodeKinds.Group || node.Kind == NodeKinds.Team)
        {
            return Members(node).Concat(Own(node));
        }

        var own = Own(node);
        var unowned = own.Aggregate(Truth.False, (any, hop) => any.Or(hop.Truth)).Not();
        return unowned is Truth.False
            ? own
            : own.Concat(Parents(node).Select(hop => hop with { Truth = hop.Truth.And(unowned) }));
    }

    /// <summary>Accounts and persons directly in the group or team; a membership held through an assignment counts as far as the assignment is live.</summary>
    public IEnumerable<OwnerHop> Members(Node group)
    {
        foreach (var edge in group.In(EdgeKinds.MemberOfTeam))
        {
            if (edge.Holds is not Truth.False)
            {
                yield return new OwnerHop(edge.Of, edge.Holds, edge);
            }
        }

        foreach (var edge in group.In(EdgeKinds.MemberOf))
        {
            if (edge.Holds is not Truth.False && IsHuman(edge.Of))
            {
                yield return new OwnerHop(edge.Of, edge.Holds, edge);
            }
        }

        foreach (var assigns in group.In(EdgeKinds.Assigns))
        {
            foreach (var holds in assigns.Of.In(EdgeKinds.Holds))
            {
                var truth = assigns.Holds.And(holds.Holds).And(liveness.Of(assigns.Of)).And(Activated(assigns.Of));
                if (truth is not Truth.False && IsHuman(holds.Of))
                {
                    yield return new OwnerHop(holds.Of, truth, holds);
                }
            }
        }
    }

    /// <summary>Whether the OWNED_BY edge names somebody who answers: any role but technical; a role nobody knows may be that one.</summary>
    public static Truth Answers(Edge ownedBy) => ownedBy[Properties.OwnerRole] switch
    {
        { Known: Known.Value } role => TruthLogic.Of(role.Text != "technical"),
        { Known: Known.Disputed } => Truth.Unknown,
        _ => TruthLogic.Of(ownedBy.Key != "technical"),
    };

    private static bool IsHuman(Node node) => node.Kind == NodeKinds.Account || node.Kind == NodeKinds.Person;

    /// <summary>An eligible assignment makes nobody a member until it is activated.</summary>
    private static Truth Activated(Node assignment) => assignment[Properties.AssignmentKind].Text switch
    {
        "standing" or "timeBound" => Truth.True,
        _ => Truth.Unknown,
    };
}

/// <param name="To">Whose answer counts.</param>
/// <param name="Truth">True or Unknown; a hop that is False is not made.</param>
/// <param name="Fact">The edge that says so.</param>
public readonly record struct OwnerHop(Node To, Truth Truth, Edge Fact);
