// Live credentials whose secret nobody has replaced for longer than a time: by rotation, else by issue, else since they were first seen.
// params:  $store STRING name of the store, $olderThan STRING a time (ISO 8601)
// returns: id STRING, kind STRING, since DATETIME  when the secret was made, ends STRING, keptIn LIST of STRING; one row per credential
// example: :param store => 'idgraph'
//          :param olderThan => 'P180D'
MATCH (shown:IdgStore {name: $store})
MATCH (credential:Credential {store: $store})
WHERE credential.live <> 'False'
  AND NOT coalesce(credential.kind, '') IN ['mfaFactor', 'deviceKey']
WITH credential, shown.projectedAsOf AS asOf, coalesce(credential.rotatedAt, credential.issuedAt, credential.firstSeen) AS since
WHERE since + duration($olderThan) < asOf
RETURN credential.id AS id, credential.kind AS kind, since, credential.ends AS ends,
       COLLECT { MATCH (credential)-[kept:STORED_IN]->(place) WHERE kept.from <= asOf < kept.until WITH DISTINCT place.id AS place ORDER BY place RETURN place } AS keptIn
ORDER BY since, id
