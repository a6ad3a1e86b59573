// Take away a store that holds no run and that nobody writes.
// params:  $name STRING
// returns: removed INTEGER  1 or 0; one row
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE (store.holder IS NULL OR store.leaseUntil <= timestamp())
  AND NOT EXISTS { MATCH (:IdgRun {store: $name}) }
  AND NOT EXISTS { MATCH (:IdgChunk {store: $name}) }
OPTIONAL MATCH (source:IdgSource {store: $name})
WITH store, collect(source) AS sources
FOREACH (source IN sources | DELETE source)
DELETE store
RETURN count(*) AS removed
ORDER BY removed
