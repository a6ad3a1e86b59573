// The sealed runs of a store, in the order of sealing, and how many it should have.
// params:  $name STRING
// returns: manifest STRING  the run's line of the manifest, fence INTEGER  of its writer, chunks INTEGER  how many it has, sealed INTEGER  the number
//          of the last run that was sealed, or null in a store whose runs are older than that count, none BOOLEAN  whether the row is of no run;
//          one row per run, one row where there is none, and none where there is no store
MATCH (store:IdgStore {name: $name})
WITH store.sealed AS sealed
OPTIONAL MATCH (run:IdgRun {store: $name})
RETURN run.manifest AS manifest, run.fence AS fence, run.chunks AS chunks, sealed, run IS NULL AS none
ORDER BY run.number
