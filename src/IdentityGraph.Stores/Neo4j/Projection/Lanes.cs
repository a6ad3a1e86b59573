namespace IdentityGraph.Stores.Neo4j.Projection;

/// <summary>
/// Divides relationships so that several writers at once never touch one node: nodes fall into twice as many buckets as there are lanes, and
/// in each round, as in a tournament, every bucket is in one pair only. A relationship is written with the pair of its ends' buckets.
/// </summary>
internal static class Lanes
{
    public const int Count = 4;

    private const int Buckets = 2 * Count;

    /// <summary>Which bucket a node is in, by dense index.</summary>
    public static int BucketOf(int node) => (int)((uint)node * 2654435769u >> 29);

    /// <summary>Rounds, one after the other; in each, the pairs that are written side by side: no bucket is in two of them.</summary>
    public static IReadOnlyList<IReadOnlyList<(int One, int Other)>> Rounds { get; } =
    [
        .. Enumerable.Range(0, Buckets - 1).Select(round => (IReadOnlyList<(int, int)>)
        [
            Pair(Buckets - 1, round),
            .. Enumerable.Range(1, Count - 1).Select(step => Pair((round + step) % (Buckets - 1), (round + Buckets - 1 - step) % (Buckets - 1))),
        ]),
    ];

    /// <summary>The round and place in it where a relationship between two nodes is written; one within a bucket goes with that bucket's first pair.</summary>
    public static (int Round, int Place) Of(int of, int to)
    {
        var (one, other) = Pair(BucketOf(of), BucketOf(to));
        for (var round = 0; round < Rounds.Count; round++)
        {
            for (var place = 0; place < Count; place++)
            {
                var pair = Rounds[round][place];
                if (one == other ? pair.One == one || pair.Other == one : pair == (one, other))
                {
                    return (round, place);
                }
            }
        }

        throw new InvalidOperationException($"buckets {one} and {other} never meet");
    }

    private static (int One, int Other) Pair(int one, int other) => one <= other ? (one, other) : (other, one);
}
