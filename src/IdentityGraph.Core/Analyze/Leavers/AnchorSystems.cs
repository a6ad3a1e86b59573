using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// In which systems an anchor lies, or lay within the window: its own; else those of what it opens, of whom it acts for, or of what
/// it runs as.
/// </summary>
internal sealed class AnchorSystems(AnchorWindow window)
{
    /// <summary>By id; empty: nobody says.</summary>
    public IReadOnlyList<Node> Of(Anchor anchor)
    {
        var systems = Of(anchor.Node);
        return systems.Count > 0 ? systems : [.. anchor.Accounts.SelectMany(Of).Distinct().OrderBy(system => system.Id, StringComparer.Ordinal)];
    }

    /// <summary>Whether it lies in a system itself: else its systems are those of what it opens, acts for or runs as.</summary>
    public bool IsIn(Node node) => Own(node).Count > 0;

    public IReadOnlyList<Node> Of(Node node)
    {
        var own = Own(node);
        if (own.Count > 0)
        {
            return own;
        }

        foreach (var kind in Towards(node.Kind))
        {
            var there = Ends(node, kind).SelectMany(Own).DistinctBy(system => system.Index).OrderBy(system => system.Id, StringComparer.Ordinal).ToList();
            if (there.Count > 0)
            {
                return there;
            }
        }

        return [];
    }

    private static EdgeKind[] Towards(NodeKind kind) =>
        kind == NodeKinds.Credential ? [EdgeKinds.AuthenticatesAs, EdgeKinds.BackedBy]
        : kind == NodeKinds.OAuthGrant ? [EdgeKinds.OnBehalfOf, EdgeKinds.ConsentedBy, EdgeKinds.GrantedTo]
        : kind == NodeKinds.Connector ? [EdgeKinds.Connects]
        : kind == NodeKinds.Step ? [EdgeKinds.StepOf]
        : [];

    private List<Node> Own(Node node)
    {
        if (node.Kind == NodeKinds.System)
        {
            return [node];
        }

        List<Node> systems = [.. Ends(node, EdgeKinds.InSystem)];
        foreach (var edge in node.In(EdgeKinds.Contains))
        {
            if (edge.Of.Kind == NodeKinds.System && window.Had(edge) != Truth.False)
            {
                systems.Add(edge.Of);
            }
        }

        return [.. systems.DistinctBy(system => system.Index).OrderBy(system => system.Id, StringComparer.Ordinal)];
    }

    private IEnumerable<Node> Ends(Node node, EdgeKind kind)
    {
        foreach (var edge in node.Out(kind))
        {
            if (window.Had(edge) != Truth.False)
            {
                yield return edge.To;
            }
        }
    }
}
