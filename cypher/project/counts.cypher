// Count what is there of the graph of a store, to compare it with what was written. The names of our kinds are given, so that what others hang
// on an entity by types of their own is not counted.
// params:  $name STRING, $nodes LIST of STRING names of node kinds, $edges LIST of STRING names of edge kinds
// returns: entities INTEGER, relationships INTEGER, revisions INTEGER, streams INTEGER, mislabelled INTEGER  entities without an id in text or
//          without exactly one kind, strangers INTEGER  nodes that name the store and a kind and are no entities; one row
RETURN COUNT { MATCH (entity:Entity {store: $name}) } AS entities,
       COUNT { MATCH (of)-[edge]->(to) WHERE type(edge) IN $edges AND (edge.store = $name OR (of:Entity AND of.store = $name) OR (to:Entity AND to.store = $name)) } AS relationships,
       COUNT { MATCH (:Entity {store: $name})-[:WAS]->(revision:Revision) } AS revisions,
       COUNT { MATCH (stream:Stream {store: $name}) } AS streams,
       COUNT { MATCH (entity:Entity {store: $name}) WHERE entity.id IS NOT :: STRING NOT NULL OR size([label IN labels(entity) WHERE label IN $nodes]) <> 1 } AS mislabelled,
       COUNT { MATCH (other) WHERE any(label IN labels(other) WHERE label IN $nodes) AND NOT other:Entity AND other.store = $name } AS strangers
ORDER BY entities
