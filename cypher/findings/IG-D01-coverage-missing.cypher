// IG-D01 Coverage missing or stale: a source of which some stream was never read to its end, or not recently enough.
// params:  $store STRING name of the store
// returns: subject STRING  source, or source/tenant, streams LIST of STRING; one row per source
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
MATCH (stream:Stream {store: $store})
WHERE stream.lastReadAt <= shown.projectedAsOf
  AND (stream.lastCompleteAt IS NULL OR stream.freshUntil < shown.projectedAsOf)
WITH stream
ORDER BY stream.stream
WITH CASE WHEN stream.tenant = '' THEN stream.source ELSE stream.source + '/' + stream.tenant END AS subject, collect(stream.stream) AS streams
RETURN subject, streams
ORDER BY subject
