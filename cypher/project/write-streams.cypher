// Replace what is shown of the streams: how far each was read. Run twice it does no harm.
// params:  $name STRING, $fence INTEGER of the writer, $rows LIST of MAP, $hash STRING  of them
// returns: fence INTEGER; one row, or none where somebody else took the lease
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.fence = $fence AND store.holder IS NOT NULL
SET store.projectedStreams = $hash
FOREACH (old IN COLLECT { MATCH (stream:Stream {store: $name}) RETURN stream } | DETACH DELETE old)
FOREACH (row IN $rows | CREATE (stream:Stream) SET stream = row)
RETURN store.fence AS fence
ORDER BY fence
