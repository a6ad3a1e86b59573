// Make or replace entities of a kind and their revisions. Run twice it does no harm. KIND stands for the name of a node kind, out of the program's list.
// params:  $name STRING, $fence INTEGER of the writer, $lane INTEGER number of its lane, $rows LIST of [id STRING, properties MAP, revisions LIST of MAP]
// returns: written INTEGER  how many, 0 where somebody else took the lease; one row
MATCH (lane:IdgLane {store: $name, number: $lane})
SET lane.touchedAt = timestamp()
WITH lane
MATCH (store:IdgStore {name: $name})
WHERE lane.fence = $fence AND store.fence = $fence AND store.holder IS NOT NULL
UNWIND $rows AS row
MERGE (entity:Entity {store: $name, id: row[0]})
SET entity = row[1], entity:KIND
FOREACH (old IN [(entity)-[:WAS]->(revision:Revision) | revision] | DETACH DELETE old)
FOREACH (said IN row[2] | CREATE (entity)-[:WAS]->(revision:Revision) SET revision = said)
RETURN count(*) AS written
ORDER BY written
