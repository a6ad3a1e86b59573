// Remove some chunks of a writer that never sealed its run.
// params:  $name STRING, $fence INTEGER of that writer, $limit INTEGER how many at most
// returns: removed INTEGER; one row
MATCH (chunk:IdgChunk {store: $name, fence: $fence})
WHERE NOT EXISTS { MATCH (run:IdgRun {store: $name}) WHERE run.fence = $fence }
WITH chunk
ORDER BY chunk.place
LIMIT $limit
DELETE chunk
RETURN count(*) AS removed
ORDER BY removed
