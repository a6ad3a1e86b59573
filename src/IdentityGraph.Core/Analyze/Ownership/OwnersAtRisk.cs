using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>Which of the people who answer for a node are about to stop: leaving soon, on leave, or moved since without the ownership being confirmed anew.</summary>
/// <param name="hops">Owner hops.</param>
/// <param name="employments">Who is in employment.</param>
/// <param name="links">Whose account it is.</param>
/// <param name="warning">How long before an owner's end to warn.</param>
public sealed class OwnersAtRisk(OwnerHops hops, Employments employments, PersonLinks links, TimeSpan warning)
{
    /// <summary>At most one entry a person, in the order given; the first of leaving, on leave, moved.</summary>
    public IReadOnlyList<OwnerAtRisk> Of(Node node, IReadOnlyList<Node> answering)
    {
        List<OwnerAtRisk> risks = [];
        foreach (var person in answering)
        {
            var current = employments.Of(person).Where(engagement => engagement.Begun.And(engagement.Active) is not Truth.False).ToList();
            if (LastEnd(current) is { } end && end <= node.View.AsOf + warning)
            {
                risks.Add(new OwnerAtRisk(person, OwnerRisk.Leaving, end));
            }
            else if (current.Count > 0 && current.TrueForAll(engagement => engagement.Employment[Properties.EmploymentStatus].Text == "onLeave"))
            {
                risks.Add(new OwnerAtRisk(person, OwnerRisk.OnLeave, null));
            }
            else if (MovedSince(node, person) is { } moved)
            {
                risks.Add(new OwnerAtRisk(person, OwnerRisk.Moved, moved));
            }
        }

        return risks;
    }

    private static DateTimeOffset? LastEnd(List<Engagement> current) =>
        current.Count > 0 && current.TrueForAll(engagement => engagement.End is not null) ? current.Max(engagement => engagement.End!.Value.At) : null;

    /// <summary>The person's latest move after every ownership that names them began, unless somebody confirmed the node since.</summary>
    private DateTimeOffset? MovedSince(Node node, Node person)
    {
        var named = Naming(node, person);
        if (named.Count == 0)
        {
            return null;
        }

        var began = named.Max(Began);
        DateTimeOffset? moved = null;
        foreach (var edge in person.In(EdgeKinds.Targets))
        {
            var change = edge.Of;
            if (change.Kind == NodeKinds.LifecycleEvent && edge.Holds is not Truth.False && change[Properties.EventKind].Text == "mover"
                && (change.Get("effectiveAt").Instant ?? change.Get("enteredAt").Instant) is { } at
                && at <= node.View.AsOf && at.UtcTicks > began && (moved is null || at > moved))
            {
                moved = at;
            }
        }

        return moved is { } latest && !ConfirmedSince(node, latest) ? latest : null;
    }

    /// <summary>
    /// Since when the ownership holds. Where nobody stated that, it may have begun before it was first seen, and so before the move:
    /// what may be at risk is said to be.
    /// </summary>
    private static long Began(Edge ownedBy)
    {
        var since = ownedBy.Since;
        var known = ownedBy.Claims.Where(claim => claim.From == since).Select(claim => claim.BeginsNotBefore).ToList();
        return known.Count > 0 ? known.Max() : since;
    }

    /// <summary>OWNED_BY edges on the way from the node that name the person, themselves or by an account of theirs.</summary>
    private List<Edge> Naming(Node node, Node person)
    {
        List<Edge> naming = [];
        var seen = new HashSet<Node> { node };
        var work = new Stack<Node>([node]);
        while (work.TryPop(out var at))
        {
            foreach (var hop in hops.From(at))
            {
                if (hop.Fact.Kind == EdgeKinds.OwnedBy && (hop.To == person || (hop.To.Kind == NodeKinds.Account && links.Of(hop.To).Any(link => link.Person == person))))
                {
                    naming.Add(hop.Fact);
                }
                else if (hop.To.Kind != NodeKinds.Group && hop.To.Kind != NodeKinds.Team && seen.Add(hop.To))
                {
                    work.Push(hop.To);
                }
            }
        }

        return naming;
    }

    private static bool ConfirmedSince(Node node, DateTimeOffset moved)
    {
        foreach (var kind in new[] { EdgeKinds.Reviews, EdgeKinds.Approves })
        {
            foreach (var edge in node.In(kind))
            {
                if (edge.Holds is not Truth.False && edge.Of.Get("decision").HasValue && edge.Of[Properties.At].Instant >= moved)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>Why an owner may soon not answer.</summary>
public enum OwnerRisk
{
    Leaving,
    OnLeave,
    Moved,
}

/// <param name="Person">Who.</param>
/// <param name="Why">Leaving, on leave or moved.</param>
/// <param name="At">When they leave or moved (UTC); null for a leave.</param>
public sealed record OwnerAtRisk(Node Person, OwnerRisk Why, DateTimeOffset? At);
