// Make an empty store of a name, unless there is one.
// params:  $name STRING, $version INTEGER of the format, $maker STRING that nobody else uses
// returns: version INTEGER  of what is there, made BOOLEAN  whether this statement made it; one row
MERGE (store:IdgStore {name: $name})
ON CREATE SET store.version = $version, store.fence = 0, store.sealed = 0, store.maker = $maker, store.createdAt = datetime()
RETURN store.version AS version, store.maker = $maker AS made
ORDER BY version
