using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// What lies in what. A resource in a system that no resource contains counts as contained by the system; stating that the system
/// contains it replaces that.
/// </summary>
internal static class Containment
{
    /// <summary>Resources that rights on the container go over to.</summary>
    public static IEnumerable<(Node Inner, Edge Fact, Truth Truth)> Inside(Node container)
    {
        foreach (var edge in container.Out(EdgeKinds.Contains))
        {
            var truth = edge.Holds.And(edge[Properties.Inherits].Is(Truth.True));
            if (truth != Truth.False && edge.To.Kind == NodeKinds.Resource)
            {
                yield return (edge.To, edge, truth);
            }
        }

        if (container.Kind == NodeKinds.System)
        {
            foreach (var edge in container.In(EdgeKinds.InSystem))
            {
                if (edge.Of.Kind == NodeKinds.Resource && Implied(edge) is not Truth.False and var truth)
                {
                    yield return (edge.Of, edge, truth);
                }
            }
        }
    }

    /// <summary>Containers whose rights go over to the resource.</summary>
    public static IEnumerable<(Node Outer, Edge Fact, Truth Truth)> Around(Node resource)
    {
        if (resource.Kind != NodeKinds.Resource)
        {
            yield break;
        }

        foreach (var edge in resource.In(EdgeKinds.Contains))
        {
            var truth = edge.Holds.And(edge[Properties.Inherits].Is(Truth.True));
            if (truth != Truth.False)
            {
                yield return (edge.Of, edge, truth);
            }
        }

        foreach (var edge in resource.Out(EdgeKinds.InSystem))
        {
            if (Implied(edge) is not Truth.False and var truth)
            {
                yield return (edge.To, edge, truth);
            }
        }
    }

    /// <summary>Systems it is, lies in, or is contained by, however indirectly; those that may be count.</summary>
    public static IReadOnlyCollection<Node> SystemsOf(Node node) => SystemsOf(node, orUndescribed: false);

    /// <summary>The same with containers that nobody described: each of them may be a system.</summary>
    public static IReadOnlyCollection<Node> PossibleSystemsOf(Node node) => SystemsOf(node, orUndescribed: true);

    private static Dictionary<int, Node>.ValueCollection SystemsOf(Node node, bool orUndescribed)
    {
        Dictionary<int, Node> systems = [];
        if (node.Kind == NodeKinds.System)
        {
            systems.Add(node.Index, node);
            return systems.Values;
        }

        HashSet<int> seen = [node.Index];
        var open = new Stack<Node>([node]);
        while (open.TryPop(out var inner))
        {
            foreach (var edge in inner.Out(EdgeKinds.InSystem))
            {
                if (edge.Holds != Truth.False)
                {
                    systems[edge.To.Index] = edge.To;
                }
            }

            foreach (var edge in inner.In(EdgeKinds.Contains))
            {
                if (edge.Holds == Truth.False || !seen.Add(edge.Of.Index))
                {
                    continue;
                }

                if (edge.Of.Kind == NodeKinds.System || (orUndescribed && edge.Of.IsPlaceholder))
                {
                    systems[edge.Of.Index] = edge.Of;
                }

                if (edge.Of.Kind != NodeKinds.System)
                {
                    open.Push(edge.Of);
                }
            }
        }

        return systems.Values;
    }

    private static Truth Implied(Edge inSystem)
    {
        var stated = Truth.False;
        foreach (var edge in inSystem.Of.In(EdgeKinds.Contains))
        {
            if (edge.Of.Kind == NodeKinds.Resource || edge.Of == inSystem.To)
            {
                stated = stated.Or(edge.Holds);
            }
        }

        return inSystem.Holds.And(stated.Not());
    }
}
