namespace IdentityGraph.Tests.Naive;

/// <summary>"Reason = the first that holds, in this order: O7, O6, O8, O3, O5, O4, O2, O1."</summary>
internal sealed class NaiveOwnershipReasons(NaiveView view, NaivePeople people, NaiveAccountable accountable)
{
    /// <summary>
    /// Of a node for which surely nobody answers, though perhaps somebody does. O7, "owner unresolvable", is the first: an owner of whom
    /// nobody knows whether they answer is one nobody can resolve.
    /// </summary>
    public string? Of(string node)
    {
        var owners = Owners(node, []).ToList();
        return accountable.AtMost(node).Count > 0 ? "O7"
            : owners.Any(IsUnsponsored) ? "O6"
            : WasOwned(node) ? "O8"
            : owners.Any(owner => view.Kind(owner) is "Group" or "Team" && Nobody(owner)) ? "O3"
            : LiesOnCycle(node) ? "O5"
            : owners.Any(owner => (view.Kind(owner) is not ("Person" or "Account" or "Group" or "Team") || IsNobodys(owner)) && Nobody(owner)) ? "O4"
            : owners.Any(owner => view.Kind(owner) is "Person" or "Account" && Nobody(owner)) ? "O2"
            : owners.Count == 0 ? "O1"
            : null;
    }

    /// <summary>Its own owners, else those of what stands in for it.</summary>
    private IEnumerable<string> Owners(string node, HashSet<string> seen)
    {
        if (!seen.Add(node))
            return [];
        var own = accountable.OwnersOf(node).Select(pair => pair.Edge.To).Concat(view.Kind(node) == "Account" ? people.PersonsOf(node).Select(person => person.Person) : []).Distinct().ToList();
        return own.Count > 0 ? own : accountable.StandIns(node).SelectMany(end => Owners(end.Node, seen)).Distinct();
    }

    /// <summary>An account that belongs to no person is itself orphaned.</summary>
    private bool IsNobodys(string owner) => view.Kind(owner) == "Account" && !people.PersonsOf(owner).Any();

    private bool Nobody(string owner) => accountable.AtMost(owner).Count == 0;

    /// <summary>O6: external owner without internal sponsor or contract over.</summary>
    private bool IsUnsponsored(string owner) => Nobody(owner) && ((view.Kind(owner) == "Organization" && view.Of(owner, "kind").Text is not "self") || (view.Kind(owner) == "Person" && accountable.IsExternal(owner))
        || (view.Kind(owner) == "Account" && people.PersonsOf(owner).Any(person => accountable.IsExternal(person.Person))));

    /// <summary>O8: "gap in time (between owners)"; "owned once, nobody now".</summary>
    private bool WasOwned(string node) => new[] { node }.Concat(accountable.StandIns(node).Select(end => end.Node)).Any(each =>
        !accountable.OwnersOf(each).Any() && !people.PersonsOf(each).Any() && view.Facts.EdgeIds.Any(edge => edge.Kind == "OWNED_BY" && edge.Of == each
            && edge.Key != "technical"
            && view.Facts.Edges[edge].SelectMany(claim => claim.Lines).Where(line => line.Props.ContainsKey("role")).OrderBy(line => line.Since).LastOrDefault()?.Props["role"]?.ToString() is not "technical"
            && view.Facts.Edges[edge].Any(claim => claim.Spans.Any(span => span.Begin <= view.AsOf || span.UnknownFrom <= view.AsOf))));

    /// <summary>O5: following owners from the node, and what stands in for those without, leads back to it along at least one owner edge.</summary>
    private bool LiesOnCycle(string node)
    {
        var reached = new HashSet<(string Node, bool Owned)> { (node, false) };
        for (var changed = true; changed;)
        {
            var next = reached
                .SelectMany(at => accountable.OwnersOf(at.Node).ToList() is { Count: > 0 } owners
                    ? owners.Select(pair => (pair.Edge.To, true))
                    : accountable.StandIns(at.Node).Select(end => (end.Node, at.Owned)))
                .ToList();
            var before = reached.Count;
            reached.UnionWith(next);
            changed = reached.Count > before;
        }

        return reached.Contains((node, true));
    }
}
