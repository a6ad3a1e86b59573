// Take away entities with their revisions and relationships. Run twice it does no harm.
// params:  $name STRING, $fence INTEGER of the writer, $lane INTEGER number of its lane, $rows LIST of [id STRING]
// returns: written INTEGER  how many rows, 0 where somebody else took the lease; one row
MATCH (lane:IdgLane {store: $name, number: $lane})
SET lane.touchedAt = timestamp()
WITH lane
MATCH (store:IdgStore {name: $name})
WHERE lane.fence = $fence AND store.fence = $fence AND store.holder IS NOT NULL
UNWIND $rows AS row
OPTIONAL MATCH (entity:Entity {store: $name, id: row[0]})
FOREACH (old IN [(entity)-[:WAS]->(revision:Revision) | revision] | DETACH DELETE old)
DETACH DELETE entity
RETURN count(*) AS written
ORDER BY written
