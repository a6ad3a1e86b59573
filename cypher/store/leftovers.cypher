// Chunks of writers that neither sealed their run nor write any more.
// params:  $name STRING
// returns: fence INTEGER  of such a writer, chunks INTEGER  how many; one row per writer
MATCH (chunk:IdgChunk {store: $name})
WITH chunk.fence AS fence, count(*) AS chunks
MATCH (store:IdgStore {name: $name})
WHERE NOT EXISTS { MATCH (run:IdgRun {store: $name}) WHERE run.fence = fence }
  AND (fence < store.fence OR store.holder IS NULL OR store.leaseUntil <= timestamp())
RETURN fence, chunks
ORDER BY fence
