// Take the writer's lease if nobody holds it. Setting a property first takes the node's lock: of two who come at once one waits, and sees what the other did.
// params:  $name STRING, $holder STRING who takes it, $milliseconds INTEGER until it runs out by the server's clock
// returns: fence INTEGER  greater than that of every writer before, also where somebody turned the store's own back; one row, or none while somebody else writes
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.holder IS NULL OR store.leaseUntil <= timestamp()
OPTIONAL MATCH (chunk:IdgChunk)
WHERE chunk.store = $name AND chunk.fence > store.fence AND chunk.place >= 0
WITH store, max(chunk.fence) AS beyond
SET store.fence = coalesce(beyond, store.fence) + 1, store.holder = $holder, store.leaseUntil = timestamp() + $milliseconds
RETURN store.fence AS fence
ORDER BY fence
