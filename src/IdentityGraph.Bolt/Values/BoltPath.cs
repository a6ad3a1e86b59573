namespace IdentityGraph.Bolt.Values;

/// <summary>A path: nodes and the relationships between them, in walking order.</summary>
/// <param name="Nodes">One more than the relationships; a node that is met twice stands twice.</param>
/// <param name="Relationships">Each with its own direction, which may be against the walk.</param>
public sealed record BoltPath(IReadOnlyList<BoltNode> Nodes, IReadOnlyList<BoltRelationship> Relationships);
