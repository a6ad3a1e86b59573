using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>People and organizations that are not ours: they answer only where somebody internal sponsors them.</summary>
public sealed class ExternalParties(Employments employments)
{
    /// <summary>
    /// A vendor's contact, or a member of a vendor's or customer's organization. Whoever is also employed by us is internal;
    /// of those who left, the engagement that ended last decides.
    /// </summary>
    public bool IsExternal(Node person)
    {
        if (OrganizationsOf(person).Any(IsExternalOrganization))
        {
            return true;
        }

        var engagements = employments.Of(person).ToList();
        var current = engagements.Where(engagement => engagement.Begun.And(engagement.Active) is not Truth.False).ToList();
        if (current.Count > 0)
        {
            return current.All(IsVendor);
        }

        return engagements.OrderByDescending(engagement => engagement.End?.At ?? DateTimeOffset.MinValue).ThenBy(engagement => engagement.Employment.Id, StringComparer.Ordinal)
            .Take(1).Any(IsVendor);
    }

    /// <summary>Our own organization is not external; one that does not say whose it is, is.</summary>
    public static bool IsExternalOrganization(Node organization) =>
        organization.Kind == NodeKinds.Organization && organization[Properties.OrganizationKind].Text != "self";

    /// <summary>Internal persons who sponsor the person, or their organization.</summary>
    public IEnumerable<OwnerHop> SponsorsOf(Node party)
    {
        IEnumerable<Node> parties = party.Kind == NodeKinds.Person ? [party, .. OrganizationsOf(party)] : [party];
        foreach (var sponsored in parties)
        {
            foreach (var edge in sponsored.Out(EdgeKinds.SponsoredBy))
            {
                if (edge.Holds is not Truth.False && (edge.To.Kind == NodeKinds.Unknown || (edge.To.Kind == NodeKinds.Person && !IsExternal(edge.To))))
                {
                    yield return new OwnerHop(edge.To, edge.Holds, edge);
                }
            }
        }
    }

    private static bool IsVendor(Engagement engagement) => engagement.Employment[Properties.EmploymentKind].Text == "vendor";

    private static IEnumerable<Node> OrganizationsOf(Node person)
    {
        foreach (var edge in person.Out(EdgeKinds.MemberOfTeam))
        {
            if (edge.Holds is not Truth.False && edge.To.Kind == NodeKinds.Organization)
            {
                yield return edge.To;
            }
        }
    }
}
