// Every relationship of a kind that is in the graph of a store, whatever it says of itself, to make all of them anew. KIND stands for the name of an edge kind, out of the program's list.
// params:  $name STRING
// returns: element STRING  where the server keeps it, idg STRING  which interval of which edge it says it is, or empty; one row per relationship
MATCH (of)-[edge:KIND]->(to)
WHERE edge.store = $name OR (of:Entity AND of.store = $name) OR (to:Entity AND to.store = $name)
RETURN elementId(edge) AS element, CASE WHEN edge.idg IS :: STRING NOT NULL THEN edge.idg ELSE '' END AS idg
ORDER BY idg
