// Give a source back.
// params:  $name STRING, $source STRING name of the source, $fence INTEGER of the holder
// returns: fence INTEGER; one row, or none where it was another's
MATCH (source:IdgSource {store: $name, name: $source})
SET source.touchedAt = timestamp()
WITH source
WHERE source.fence = $fence
SET source.holder = null
RETURN source.fence AS fence
ORDER BY fence
