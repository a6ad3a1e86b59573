// Whether anything of a store is shown yet.
// params:  $name STRING
// returns: id STRING  of some entity; one row, or none
MATCH (entity:Entity)
WHERE entity.store = $name AND entity.id IS NOT NULL
RETURN entity.id AS id
ORDER BY id
LIMIT 1
