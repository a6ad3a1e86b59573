// Which streams are shown, to find whether they changed.
// params:  $name STRING
// returns: hash STRING  of all of them, or null; one row
MATCH (store:IdgStore {name: $name})
RETURN store.projectedStreams AS hash
ORDER BY hash
