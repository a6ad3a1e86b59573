// The entities of a kind that are there, to find what changed. KIND stands for the name of a node kind, out of the program's list.
// params:  $name STRING
// returns: id STRING, hash STRING  of its properties and revisions; one row per entity
MATCH (entity:Entity:KIND {store: $name})
RETURN entity.id AS id, entity.hash AS hash
ORDER BY id
