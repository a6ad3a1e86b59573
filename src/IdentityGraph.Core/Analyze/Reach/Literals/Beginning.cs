namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>A seed of a start, judged once for all graphs.</summary>
/// <param name="Node">Dense index.</param>
/// <param name="Word">What is attained there before any rule: rights × cells.</param>
/// <param name="IsApart">It is told apart: what is attained of its own node does not count.</param>
internal readonly record struct Beginning(int Node, uint Word, bool IsApart)
{
    /// <summary>Those of each start.</summary>
    public static Beginning[][] Of(LiteralClauses clauses, IReadOnlyList<IReadOnlyList<Seed>> starts)
    {
        var all = new Beginning[starts.Count][];
        for (var i = 0; i < all.Length; i++)
        {
            var seeds = starts[i];
            all[i] = new Beginning[seeds.Count];
            for (var at = 0; at < seeds.Count; at++)
            {
                all[i][at] = new Beginning(seeds[at].Node.Index, clauses.WordOf(seeds[at]), clauses.IsApart(seeds[at]));
            }
        }

        return all;
    }
}
