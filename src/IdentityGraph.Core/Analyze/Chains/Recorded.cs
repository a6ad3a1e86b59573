using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Chains;

/// <summary>Facts about what happened: they stay true of the past after their source stopped listing them.</summary>
internal static class Recorded
{
    /// <summary>Edges that some source has stated by the view's instant, whether or not they are still listed.</summary>
    public static IEnumerable<Edge> Past(this EdgeList edges)
    {
        foreach (var edge in edges)
        {
            if (edge.Holds is not Truth.False || edge.Claims.Any(claim => claim.From <= edge.View.AsOf.UtcTicks))
            {
                yield return edge;
            }
        }
    }

    /// <summary>Edges that hold or may hold.</summary>
    public static IEnumerable<Edge> Holding(this EdgeList edges)
    {
        foreach (var edge in edges)
        {
            if (edge.Holds is not Truth.False)
            {
                yield return edge;
            }
        }
    }
}
