using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>
/// Who could take over: the manager of an owner who left, else who answers for the process it serves, else who approved it last.
/// Only people in employment; a suggestion never counts as an owner.
/// </summary>
public sealed class SuggestedOwners(OwnerHops hops, AnsweringPeople people, Employments employments, PersonLinks links)
{
    /// <summary>A person; null where nobody can be suggested.</summary>
    public Node? For(Node node) => Managers(node).Concat(ProcessOwners(node)).Concat(Approvers(node))
        .Where(person => people.Counts(person) is Truth.True)
        .Select(person => (Node?)person)
        .FirstOrDefault();

    private IEnumerable<Node> Managers(Node node)
    {
        var owners = OwnerHops.Own(node).Select(hop => hop.To).Concat(OrphanReasons.Former(node).Select(edge => edge.To));
        return owners.SelectMany(Humans)
            .Where(person => people.Counts(person) is not Truth.True)
            .SelectMany(employments.Of)
            .OrderByDescending(engagement => engagement.End?.At ?? DateTimeOffset.MaxValue)
            .Select(engagement => engagement.Employment[Properties.ManagerId].Text)
            .OfType<string>()
            .Select(node.View.Find)
            .OfType<Node>()
            .SelectMany(Humans);
    }

    private IEnumerable<Node> ProcessOwners(Node node)
    {
        foreach (var edge in node.Out(EdgeKinds.Serves))
        {
            if (edge.Holds is not Truth.False)
            {
                foreach (var person in people.Of(edge.To).AtLeast)
                {
                    yield return person;
                }
            }
        }
    }

    private IEnumerable<Node> Approvers(Node node)
    {
        var approvals = new List<Node>();
        foreach (var edge in node.In(EdgeKinds.Approves))
        {
            approvals.Add(edge.Of);
        }

        foreach (var approval in approvals.OrderByDescending(approval => approval[Properties.At].Instant).ThenBy(approval => approval.Id, StringComparer.Ordinal))
        {
            foreach (var edge in approval.Out(EdgeKinds.ApprovedBy))
            {
                foreach (var person in Humans(edge.To))
                {
                    yield return person;
                }
            }
        }
    }

    private IEnumerable<Node> Humans(Node party)
    {
        if (party.Kind == NodeKinds.Person)
        {
            return [party];
        }

        if (party.Kind == NodeKinds.Account)
        {
            return links.Of(party).Select(link => link.Person).Where(person => person.Kind == NodeKinds.Person);
        }

        return party.Kind == NodeKinds.Group || party.Kind == NodeKinds.Team
            ? hops.Members(party).SelectMany(hop => Humans(hop.To))
            : [];
    }
}
