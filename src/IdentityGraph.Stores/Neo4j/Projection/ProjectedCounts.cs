namespace IdentityGraph.Stores.Neo4j.Projection;

/// <summary>How much there is of each part of the graph for Cypher.</summary>
/// <param name="Entities">Nodes of the model.</param>
/// <param name="Relationships">Intervals of edges, those of kinds that nobody here knows included.</param>
/// <param name="Revisions">Of entities.</param>
/// <param name="Streams">Of sources.</param>
internal readonly record struct ProjectedCounts(long Entities, long Relationships, long Revisions, long Streams);
