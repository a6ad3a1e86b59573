// Give the lease back.
// params:  $name STRING, $fence INTEGER of the writer
// returns: fence INTEGER; one row, or none where it was another's
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.fence = $fence
SET store.holder = null
RETURN store.fence AS fence
ORDER BY fence
