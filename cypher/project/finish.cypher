// Say that what is projected is whole, and of which run and moment.
// params:  $name STRING, $fence INTEGER of the writer, $run INTEGER number of the newest run in it, $asOf DATETIME the moment of `live` and of
//          properties, $entities INTEGER, $relationships INTEGER, $revisions INTEGER, $streams INTEGER, $version INTEGER of the projection's form
// returns: fence INTEGER; one row, or none where somebody else took the lease
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.fence = $fence AND store.holder IS NOT NULL
SET store.projecting = null, store.projectingAnew = null, store.projectedRun = $run, store.projectedAsOf = $asOf, store.projectedAt = datetime(),
    store.projectedEntities = $entities, store.projectedRelationships = $relationships,
    store.projectedRevisions = $revisions, store.projectedStreamCount = $streams, store.projectionVersion = $version
RETURN store.fence AS fence
ORDER BY fence
