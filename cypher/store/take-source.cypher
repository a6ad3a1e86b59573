// Take the right to collect a source if nobody holds it. Setting a property of the store first takes its lock: of two who come at once one waits, and sees what the other did.
// params:  $name STRING, $source STRING name of the source, $holder STRING who takes it, $milliseconds INTEGER until it runs out by the server's clock
// returns: fence INTEGER  greater than that of every holder before, record STRING  what was known of the source, or null; one row, or none while somebody else holds it
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
MERGE (source:IdgSource {store: $name, name: $source})
WITH source
WHERE source.holder IS NULL OR source.leaseUntil <= timestamp()
SET source.fence = coalesce(source.fence, 0) + 1, source.holder = $holder, source.leaseUntil = timestamp() + $milliseconds
RETURN source.fence AS fence, source.record AS record
ORDER BY fence
