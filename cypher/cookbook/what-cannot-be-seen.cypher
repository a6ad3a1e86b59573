// What the graph cannot see: streams that were never read to their end or not recently enough, and things that are named and described nowhere.
// params:  $store STRING name of the store
// returns: what STRING, name STRING, since DATETIME or null; one row per stream and placeholder
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
CALL (shown) {
  MATCH (stream:Stream {store: $store})
  WHERE stream.lastCompleteAt IS NULL OR stream.freshUntil < shown.projectedAsOf
  RETURN CASE WHEN stream.lastCompleteAt IS NULL THEN 'never complete' ELSE 'stale' END AS what, stream.source + '/' + stream.tenant + ' ' + stream.stream AS name, coalesce(stream.lastCompleteAt, stream.lastReadAt) AS since
  UNION
  MATCH (named:Unknown {store: $store})
  WHERE named.placeholder
  RETURN 'described nowhere' AS what, named.id AS name, null AS since
}
RETURN what, name, since
ORDER BY what, name
