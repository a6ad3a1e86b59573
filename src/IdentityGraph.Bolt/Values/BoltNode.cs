namespace IdentityGraph.Bolt.Values;

/// <summary>A node as the server returned it.</summary>
/// <param name="Id">The server's number for it; may be given to another node once this one is deleted.</param>
/// <param name="Labels">Its labels, in the server's order.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="ElementId">The server's id for it; to be treated as a text without meaning.</param>
public sealed record BoltNode(long Id, IReadOnlyList<string> Labels, IReadOnlyDictionary<string, object?> Properties, string ElementId);
