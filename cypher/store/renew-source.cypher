// Hold a source for longer, also where the right ran out and nobody else took it.
// params:  $name STRING, $source STRING name of the source, $fence INTEGER of the holder, $milliseconds INTEGER until it runs out by the server's clock
// returns: fence INTEGER; one row, or none where somebody else took it
MATCH (source:IdgSource {store: $name, name: $source})
SET source.touchedAt = timestamp()
WITH source
WHERE source.fence = $fence AND source.holder IS NOT NULL
SET source.leaseUntil = timestamp() + $milliseconds
RETURN source.fence AS fence
ORDER BY fence
