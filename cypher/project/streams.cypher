// Which streams are shown, to find whether they changed.
// params:  $name STRING
// returns: hash STRING  of all that were written, or null, streams INTEGER  how many are there; one row
MATCH (store:IdgStore {name: $name})
RETURN store.projectedStreams AS hash, COUNT { MATCH (stream:Stream {store: $name}) } AS streams
ORDER BY hash
