// Every source that was ever collected, or one of them.
// params:  $name STRING, $source STRING name of the source, or null for all
// returns: source STRING, fence INTEGER, holder STRING  who collects it now, or null, record STRING  what is known of it, or null; one row a source
MATCH (source:IdgSource {store: $name})
WHERE $source IS NULL OR source.name = $source
RETURN source.name AS source, source.fence AS fence,
       CASE WHEN source.leaseUntil > timestamp() THEN source.holder END AS holder, source.record AS record
ORDER BY source
