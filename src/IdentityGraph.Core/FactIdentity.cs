using IdentityGraph.Collect;

namespace IdentityGraph;

/// <summary>
/// What a line is about in 64 bits: two of a million meet by chance once in tens of millions of imports, and a meeting only makes one
/// thing seem to be there still.
/// </summary>
internal static class FactIdentity
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Of the node or edge; none for the end of a stream. An edge that was seen without its key stands for each parallel one.</summary>
    public static IEnumerable<ulong> Of(Observation observation)
    {
        switch (observation)
        {
            case Observation.SawNode node:
                yield return Node(node.Id);
                break;
            case Observation.SawEdge edge:
                yield return Edge(edge.Kind, edge.Of, edge.To, edge.EffectiveKey);
                break;
            case Observation.SeenUnreadable { Id: { } id }:
                yield return Node(id);
                break;
            case Observation.SeenUnreadable { EdgeKind: { } kind, Of: { } of, To: { } to } seen:
                yield return seen.Key is { } key ? Edge(kind, of, to, key) : AnyKey(kind, of, to);
                break;
        }
    }

    public static ulong Node(string id) => Text(Basis, id);

    public static ulong Edge(string kind, string of, string to, string key) => Text(AnyKey(kind, of, to) ^ Prime, key);

    /// <summary>Of all parallel edges of that kind between the two.</summary>
    public static ulong AnyKey(string kind, string of, string to) => Text(Text(Text(Basis ^ Prime, kind), of), to);

    private static ulong Text(ulong hash, string text)
    {
        foreach (var unit in Graph.Fold.Nfc.Of(text))
        {
            hash = (hash ^ unit) * Prime;
        }

        // The end of a text counts, so that where one stops and the next begins is told.
        hash = (hash ^ 0x1_0000) * Prime;
        return hash ^ (hash >> 29);
    }
}
