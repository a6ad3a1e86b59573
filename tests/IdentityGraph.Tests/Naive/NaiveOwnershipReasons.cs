namespace IdentityGraph.Tests.Naive;

/// <summary>"Reason = the first that holds, in this order: O7, O6, O8, O3, O5, O4, O2, O1."</summary>
internal sealed class NaiveOwnershipReasons(NaiveView view, NaivePeople people, NaiveAccountable accountable)
{
    public string? Of(string node)
    {
        var owners = Owners(node, []).ToList();
        return owners.Any(view.Facts.IsPlaceholder) || IsNotReadable(node) ? "O7"
            : owners.Any(IsUnsponsored) ? "O6"
            : owners.Count == 0 && WasOwned(node) ? "O8"
            : owners.Any(owner => view.Kind(owner) is "Group" or "Team" && Nobody(owner)) ? "O3"
            : LiesOnCycle(node) ? "O5"
            : owners.Any(owner => view.Kind(owner) is not ("Person" or "Account" or "Group" or "Team" or "Organization") && Nobody(owner)) ? "O4"
            : owners.Any(owner => view.Kind(owner) is "Person" or "Account" && Nobody(owner)) ? "O2"
            : owners.Count == 0 ? "O1"
            : null;
    }

    /// <summary>
    /// "No source that could state owners of that kind was read to its end": nobody answers, and no stream that stated an OWNED_BY
    /// of such a node, or is named so by a source that stated such nodes, was.
    /// </summary>
    public bool IsNotReadable(string node)
    {
        if (accountable.AtLeast(node).Count > 0)
            return false;
        var kind = view.Kind(node);

        // Whose an account is says BELONGS_TO.
        var stating = kind == "Account" ? "BELONGS_TO" : "OWNED_BY";
        var lines = view.Facts.Runs.SelectMany(run => run.Lines).ToList();
        return !view.Facts.Runs.SelectMany(run => run.Complete).Distinct().Any(stream =>
            lines.Any(line => line.Stream == stream && line.Edge is { } edge && edge.Kind == stating && view.Kind(edge.Of) == kind)
            || (stream.Name == stating && lines.Any(line =>
                line.Node is { } stated && line.Run.Source == stream.Source && line.Run.Tenant == stream.Tenant && view.Kind(stated) == kind)));
    }

    /// <summary>Its own owners, else those of what stands in for it.</summary>
    private IEnumerable<string> Owners(string node, HashSet<string> seen)
    {
        if (!seen.Add(node))
            return [];
        var own = (view.Kind(node) == "Account" ? people.PersonsOf(node).Select(person => person.Person) : accountable.OwnersOf(node).Select(pair => pair.Edge.To)).Distinct().ToList();
        return own.Count > 0 ? own : accountable.StandIns(node).SelectMany(end => Owners(end.Node, seen)).Distinct();
    }

    private bool Nobody(string owner) => accountable.AtMost(owner).Count == 0;

    /// <summary>O6: external owner without internal sponsor or contract over.</summary>
    private bool IsUnsponsored(string owner) => Nobody(owner) && (view.Kind(owner) == "Organization" || (view.Kind(owner) == "Person" && accountable.IsExternal(owner))
        || (view.Kind(owner) == "Account" && people.PersonsOf(owner).Any(person => accountable.IsExternal(person.Person))));

    /// <summary>O8: "gap in time (between owners)"; "owned once, nobody now".</summary>
    private bool WasOwned(string node) => new[] { node }.Concat(accountable.StandIns(node).Select(end => end.Node)).Any(each =>
        view.Facts.EdgeIds.Any(edge => edge.Kind == "OWNED_BY" && edge.Of == each
            && view.Facts.Edges[edge].Any(claim => claim.Lines.Any(line => line.Props["role"]?.ToString() is not "technical"))
            && view.Facts.Edges[edge].Any(claim => claim.Spans.Any(span => span.Begin <= view.AsOf || span.UnknownFrom is not null))));

    /// <summary>O5: following owners from the node leads back to it.</summary>
    private bool LiesOnCycle(string node)
    {
        var reached = new HashSet<string>();
        for (var next = Owners(node, []).ToList(); next.Count > 0;)
            next = [.. next.Where(reached.Add).SelectMany(owner => Owners(owner, []))];
        return reached.Contains(node);
    }
}
