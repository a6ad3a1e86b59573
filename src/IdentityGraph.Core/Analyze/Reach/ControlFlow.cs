using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Which way control may go along a fact, whatever else a rule asks for: along its sentence, against it, or either way. For what no rule
/// can be asked about, because nobody said what lies there.
/// </summary>
internal static class ControlFlow
{
    private static readonly EdgeKind[] s_against =
    [
        EdgeKinds.BelongsTo, EdgeKinds.InSystem, EdgeKinds.InTenant, EdgeKinds.OperatedBy, EdgeKinds.AuthenticatedVia, EdgeKinds.HeldBy,
        EdgeKinds.StoredIn, EdgeKinds.EncryptedWith, EdgeKinds.GrantedTo, EdgeKinds.InstanceOf, EdgeKinds.DefinedIn, EdgeKinds.DependsOn,
        EdgeKinds.Trusts, EdgeKinds.ReachedThrough, EdgeKinds.StepOf, EdgeKinds.DerivedFrom,
    ];

    // A copy of a credential is as good as what it was copied from.
    private static readonly EdgeKind[] s_along = [.. EdgeKind.All.Where(static kind => kind.FeedsControl && (!s_against.Contains(kind) || kind == EdgeKinds.DerivedFrom))];

    /// <summary>Where control of the node may lead by one fact that holds, or may.</summary>
    public static IEnumerable<Node> From(Node node) => Ends(node, s_along, s_against);

    /// <summary>Control of what may lead to the node by one fact that holds, or may.</summary>
    public static IEnumerable<Node> Into(Node node) => Ends(node, s_against, s_along);

    /// <summary>From where to where control may go along an edge of the kind: its start and end, swapped, or both.</summary>
    public static IEnumerable<(Node From, Node To)> Of(Edge edge)
    {
        if (s_along.Contains(edge.Kind))
        {
            yield return (edge.Of, edge.To);
        }

        if (s_against.Contains(edge.Kind))
        {
            yield return (edge.To, edge.Of);
        }
    }

    private static List<Node> Ends(Node node, EdgeKind[] outwards, EdgeKind[] inwards)
    {
        List<Node> ends = [];
        foreach (var kind in outwards)
        {
            foreach (var edge in node.Out(kind))
            {
                Add(edge, edge.To);
            }
        }

        foreach (var kind in inwards)
        {
            foreach (var edge in node.In(kind))
            {
                Add(edge, edge.Of);
            }
        }

        return ends;

        void Add(in Edge edge, in Node end)
        {
            if (edge.Holds != Truth.False)
            {
                ends.Add(end);
            }
        }
    }
}
