// What was written of the graph of a store when it was last finished, to compare it with what is there.
// params:  $name STRING
// returns: run INTEGER or null where there is none yet, version INTEGER, projecting INTEGER or null where none is being written, anew BOOLEAN
//          whether that one goes by no hash, at STRING  when the last was finished, entities INTEGER, relationships INTEGER, revisions INTEGER and
//          streams INTEGER or null of a graph that is older than these counts; one row
MATCH (store:IdgStore {name: $name})
RETURN store.projectedRun AS run, store.projectionVersion AS version, store.projecting AS projecting, store.projectingAnew AS anew,
       toString(store.projectedAt) AS at, store.projectedEntities AS entities, store.projectedRelationships AS relationships,
       store.projectedRevisions AS revisions, store.projectedStreamCount AS streams
ORDER BY run
