// Make a run visible, all at once, and give the lease back.
// params:  $name STRING, $fence INTEGER of the writer, $number INTEGER of the run, $chunks INTEGER how many chunks it has,
//          $manifest STRING  the run's line of the manifest, $source STRING, $tenant STRING, $startedAt DATETIME, $recordedAt DATETIME,
//          $observations INTEGER, $partial BOOLEAN, $sha256 STRING
// returns: fence INTEGER; one row, or none where somebody else took the lease or chunks are missing
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.fence = $fence
  AND store.holder IS NOT NULL
  AND COUNT { MATCH (:IdgChunk {store: $name, fence: $fence}) } = $chunks
CREATE (run:IdgRun {store: $name, number: $number, fence: $fence, chunks: $chunks, manifest: $manifest})
SET run.source = $source, run.tenant = $tenant, run.startedAt = $startedAt, run.recordedAt = $recordedAt,
    run.observations = $observations, run.partial = $partial, run.sha256 = $sha256, store.holder = null, store.sealed = $number
RETURN run.fence AS fence
ORDER BY fence
