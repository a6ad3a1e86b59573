using IdentityGraph.Analyze.Measures;
using IdentityGraph.Graph;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    private const int UnlevelledNamed = 5;

    /// <summary>
    /// Says where an entitlement without a level stands in the way: what is reached through it is possible and never certain, because
    /// the source's word for it is unknown, or gives rights only together with another that no rule joins to it.
    /// </summary>
    private static IEnumerable<string> WithoutLevel(BlastRadius radius)
    {
        List<string> named = [];
        for (var number = 0; number < radius.Nodes.Count; number++)
        {
            var node = radius.Nodes[number];
            if (radius.CellsAt(number).CertainAmplified != Rights.None)
            {
                continue;
            }

            foreach (var edge in radius.Reach.Graph.UnlevelledOn(node))
            {
                named.Add($"{(edge.Key.Length == 0 ? "no name" : edge.Key)} of `{edge.Of.Id}` on `{node.Id}`");
            }
        }

        if (named.Count > 0)
        {
            var more = named.Count > UnlevelledNamed ? $" and {named.Count - UnlevelledNamed} more" : "";
            yield return $"entitlements without a level lead to what is only possible here, and may need another right beside them: {string.Join(", ", named.Take(UnlevelledNamed))}{more}";
        }
    }
}
