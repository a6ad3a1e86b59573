// The relationships of a kind that are there, to find what changed. KIND stands for the name of an edge kind, out of the program's list.
// params:  $name STRING
// returns: element STRING  where the server keeps it, idg STRING  which interval of which edge, hash STRING  of its properties; one row per relationship
MATCH ()-[edge:KIND {store: $name}]->()
RETURN elementId(edge) AS element, edge.idg AS idg, edge.hash AS hash
ORDER BY idg
