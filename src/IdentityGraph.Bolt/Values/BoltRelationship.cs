namespace IdentityGraph.Bolt.Values;

/// <summary>A relationship as the server returned it.</summary>
/// <param name="Id">The server's number for it.</param>
/// <param name="StartId">Number of the node it leaves.</param>
/// <param name="EndId">Number of the node it enters.</param>
/// <param name="Type">Its type.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="ElementId">The server's id for it.</param>
/// <param name="StartElementId">Id of the node it leaves.</param>
/// <param name="EndElementId">Id of the node it enters.</param>
public sealed record BoltRelationship(
    long Id,
    long StartId,
    long EndId,
    string Type,
    IReadOnlyDictionary<string, object?> Properties,
    string ElementId,
    string StartElementId,
    string EndElementId);
