// The sealed runs of a store, in the order of sealing.
// params:  $name STRING
// returns: manifest STRING  the run's line of the manifest, fence INTEGER  of its writer, chunks INTEGER  how many it has; one row per run
MATCH (run:IdgRun {store: $name})
RETURN run.manifest AS manifest, run.fence AS fence, run.chunks AS chunks
ORDER BY run.number
