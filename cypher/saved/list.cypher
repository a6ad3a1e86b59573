// The queries that people saved in a store.
// params:  $name STRING
// returns: query STRING  its name, text STRING, savedAt STRING  RFC 3339, savedBy STRING or null; one row per query
MATCH (query:IdgQuery {store: $name})
RETURN query.name AS query, query.text AS text, toString(query.savedAt) AS savedAt, query.savedBy AS savedBy
ORDER BY query
