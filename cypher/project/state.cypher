// How far the graph for Cypher users is.
// params:  $name STRING
// returns: run INTEGER  newest run in it or null, asOf STRING  RFC 3339, projecting INTEGER  run of a projection that was begun and not finished or null,
//          entities INTEGER, relationships INTEGER, version INTEGER; one row
MATCH (store:IdgStore {name: $name})
RETURN store.projectedRun AS run, toString(store.projectedAsOf) AS asOf, store.projecting AS projecting,
       store.projectedEntities AS entities, store.projectedRelationships AS relationships, store.projectionVersion AS version
ORDER BY run
