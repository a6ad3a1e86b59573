using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Measures;

/// <summary>Administrative tiers: a thing has that of the system it lies in.</summary>
internal static class Tiers
{
    /// <summary>The lowest that its systems state, 0 being the highest stake; of a credential, that of what it signs in as. Null: none is stated.</summary>
    public static int? Of(Node node)
    {
        var systems = Containment.SystemsOf(node).ToList();
        if (node.Kind == NodeKinds.Credential)
        {
            foreach (var edge in node.Out(EdgeKinds.AuthenticatesAs))
            {
                if (edge.Holds != Truth.False)
                {
                    systems.AddRange(Containment.SystemsOf(edge.To));
                }
            }
        }

        return systems.Select(static system => (int?)system[Properties.Tier].Number).Min();
    }
}
