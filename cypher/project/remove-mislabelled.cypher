// Take away entities with their revisions and relationships that have no id in text or not exactly one kind: nobody here writes such. Run twice it does no harm.
// params:  $name STRING, $fence INTEGER of the writer, $lane INTEGER number of its lane, $nodes LIST of STRING names of node kinds, $limit INTEGER most at once
// returns: removed INTEGER  how many, 0 where there is none or somebody else took the lease; one row
MATCH (lane:IdgLane {store: $name, number: $lane})
SET lane.touchedAt = timestamp()
WITH lane
MATCH (store:IdgStore {name: $name})
WHERE lane.fence = $fence AND store.fence = $fence AND store.holder IS NOT NULL
MATCH (entity:Entity {store: $name})
WHERE entity.id IS NOT :: STRING NOT NULL OR size([label IN labels(entity) WHERE label IN $nodes]) <> 1
WITH entity
LIMIT $limit
FOREACH (old IN [(entity)-[:WAS]->(revision:Revision) | revision] | DETACH DELETE old)
DETACH DELETE entity
RETURN count(*) AS removed
ORDER BY removed
