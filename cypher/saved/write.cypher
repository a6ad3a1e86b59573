// Keep a query under a name; one of that name stays as it is unless it may be replaced.
// params:  $name STRING, $query STRING its name, $text STRING, $savedBy STRING or null, $replace BOOLEAN
// returns: text STRING  what is kept now; one row
MERGE (query:IdgQuery {store: $name, name: $query})
ON CREATE SET query.text = $text, query.savedAt = datetime(), query.savedBy = $savedBy
FOREACH (_ IN CASE WHEN $replace THEN [1] ELSE [] END | SET query.text = $text, query.savedAt = datetime(), query.savedBy = $savedBy)
RETURN query.text AS text
ORDER BY text
