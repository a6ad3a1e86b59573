// Take away relationships of a kind. Run twice it does no harm. KIND stands for the name of an edge kind, out of the program's list.
// params:  $name STRING, $fence INTEGER of the writer, $lane INTEGER number of its lane, $rows LIST of [element STRING, idg STRING, empty where it has none in text]
// returns: written INTEGER  how many rows, 0 where somebody else took the lease; one row
MATCH (lane:IdgLane {store: $name, number: $lane})
SET lane.touchedAt = timestamp()
WITH lane
MATCH (store:IdgStore {name: $name})
WHERE lane.fence = $fence AND store.fence = $fence AND store.holder IS NOT NULL
UNWIND $rows AS row
OPTIONAL MATCH ()-[edge:KIND]->()
WHERE elementId(edge) = row[0] AND CASE WHEN edge.idg IS :: STRING NOT NULL THEN edge.idg ELSE '' END = row[1]
DELETE edge
RETURN count(*) AS written
ORDER BY written
