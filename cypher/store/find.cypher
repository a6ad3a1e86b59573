// The store of a name.
// params:  $name STRING
// returns: version INTEGER  of its format, holder STRING  who writes it now, or null; one row, or none where there is no such store
MATCH (store:IdgStore {name: $name})
RETURN store.version AS version,
       CASE WHEN store.leaseUntil > timestamp() THEN store.holder END AS holder
ORDER BY version
