// Write what is known of a source, and hold it for longer.
// params:  $name STRING, $source STRING name of the source, $fence INTEGER of the holder, $record STRING what is known of it, $milliseconds INTEGER until it runs out by the server's clock
// returns: fence INTEGER; one row, or none where somebody else took it
MATCH (source:IdgSource {store: $name, name: $source})
SET source.touchedAt = timestamp()
WITH source
WHERE source.fence = $fence AND source.holder IS NOT NULL
SET source.record = $record, source.leaseUntil = timestamp() + $milliseconds
RETURN source.fence AS fence
ORDER BY fence
