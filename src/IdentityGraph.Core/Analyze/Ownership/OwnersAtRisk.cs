using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>Which of the people who answer for a node are about to stop: leaving soon, on leave, or moved since without the ownership being confirmed anew.</summary>
public sealed class OwnersAtRisk
{
    private readonly PersonLinks _links;
    private readonly Employments _employments;
    private readonly TimeSpan _warning;
    private readonly Condensation<Dictionary<Node, long>> _naming;
    private readonly Dictionary<IReadOnlyList<Node>, (IReadOnlyList<OwnerAtRisk> Ending, HashSet<Node> People)> _known = new(ReferenceEqualityComparer.Instance);

    /// <param name="hops">Owner hops.</param>
    /// <param name="employments">Who is in employment.</param>
    /// <param name="links">Whose account it is.</param>
    /// <param name="warning">How long before an owner's end to warn.</param>
    /// <param name="stop">Throws when cancelled.</param>
    public OwnersAtRisk(OwnerHops hops, Employments employments, PersonLinks links, TimeSpan warning, CancellationToken stop = default)
    {
        (_employments, _links, _warning) = (employments, links, warning);
        _naming = new(
            node => hops.From(node).Select(hop => hop.To).Where(to => to.Kind != NodeKinds.Group && to.Kind != NodeKinds.Team && to.Kind != NodeKinds.Person),
            (members, beyond) => Naming(members.SelectMany(hops.From), beyond),
            stop);
    }

    /// <summary>At most one entry a person: leaving, else on leave, else moved; those who moved last.</summary>
    public IReadOnlyList<OwnerAtRisk> Of(Node node, IReadOnlyList<Node> answering)
    {
        if (!_known.TryGetValue(answering, out var known))
        {
            _known[answering] = known = ([.. answering.Select(Ending).OfType<OwnerAtRisk>()], [.. answering]);
        }

        var risks = known.Ending;
        var moved = _naming.Of(node)
            .Where(named => known.People.Contains(named.Key) && !risks.Any(risk => risk.Person == named.Key))
            .OrderBy(named => named.Key.Id, StringComparer.Ordinal)
            .Select(named => MovedSince(node, named.Key, named.Value) is { } at ? new OwnerAtRisk(named.Key, OwnerRisk.Moved, at) : null)
            .OfType<OwnerAtRisk>()
            .ToList();
        return moved.Count == 0 ? risks : [.. risks, .. moved];
    }

    private OwnerAtRisk? Ending(Node person)
    {
        var current = _employments.Of(person).Where(engagement => engagement.Begun.And(engagement.Active) is not Truth.False).ToList();
        if (LastEnd(current) is { } end && end <= person.View.AsOf + _warning)
        {
            return new OwnerAtRisk(person, OwnerRisk.Leaving, end);
        }

        return current.Count > 0 && current.TrueForAll(engagement => engagement.Employment[Properties.EmploymentStatus].Text == "onLeave")
            ? new OwnerAtRisk(person, OwnerRisk.OnLeave, null)
            : null;
    }

    private static DateTimeOffset? LastEnd(List<Engagement> current) =>
        current.Count > 0 && current.TrueForAll(engagement => engagement.End is not null) ? current.Max(engagement => engagement.End!.Value.At) : null;

    /// <summary>The person's latest move after every ownership that names them began, unless somebody confirmed the node since.</summary>
    private static DateTimeOffset? MovedSince(Node node, Node person, long began)
    {
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

    /// <summary>Persons whom OWNED_BY edges on the way name, themselves or by an account of theirs, and since when the latest does.</summary>
    private Dictionary<Node, long> Naming(IEnumerable<OwnerHop> hops, IReadOnlyCollection<Dictionary<Node, long>> beyond)
    {
        List<(Node Person, long Since)> own = [];
        foreach (var hop in hops.Where(hop => hop.Fact.Kind == EdgeKinds.OwnedBy))
        {
            IEnumerable<Node> named = hop.To.Kind == NodeKinds.Account ? _links.Of(hop.To).Select(link => link.Person)
                : hop.To.Kind == NodeKinds.Person ? [hop.To]
                : [];
            own.AddRange(named.Select(person => (person, Began(hop.Fact))));
        }

        if (own.Count == 0 && beyond.Count == 1)
        {
            return beyond.Single();
        }

        var naming = new Dictionary<Node, long>();
        foreach (var (person, since) in own.Concat(beyond.SelectMany(other => other.Select(entry => (entry.Key, entry.Value)))))
        {
            naming[person] = Math.Max(since, naming.GetValueOrDefault(person, long.MinValue));
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
