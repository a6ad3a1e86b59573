// Keep the lease for longer, also where it ran out and nobody else took it.
// params:  $name STRING, $fence INTEGER of the writer, $milliseconds INTEGER until it runs out by the server's clock
// returns: fence INTEGER; one row, or none where somebody else took it
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.fence = $fence AND store.holder IS NOT NULL
SET store.leaseUntil = timestamp() + $milliseconds
RETURN store.fence AS fence
ORDER BY fence
