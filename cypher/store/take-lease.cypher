// Take the writer's lease if nobody holds it. Setting a property first takes the node's lock: of two who come at once one waits, and sees what the other did.
// params:  $name STRING, $holder STRING who takes it, $milliseconds INTEGER until it runs out by the server's clock
// returns: fence INTEGER  greater than that of every writer before; one row, or none while somebody else writes
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.holder IS NULL OR store.leaseUntil <= timestamp()
SET store.fence = store.fence + 1, store.holder = $holder, store.leaseUntil = timestamp() + $milliseconds
RETURN store.fence AS fence
ORDER BY fence
