// IG-C01 Non-expiring / long-lived credential: a live credential that, renewals included, never ends, lives longer than the limit, or whose end nobody reported.
// params:  $store STRING name of the store, $limit STRING longest lifetime (ISO 8601)
// returns: subject STRING  credential id, ends STRING  Never, At or Unknown, endsAt DATETIME, live STRING; one row per credential
// example: :param store => 'idgraph'
//          :param limit => 'P365D'
MATCH (shown:IdgStore {name: $store})
MATCH (credential:Credential {store: $store})
WHERE credential.live <> 'False'
  AND NOT coalesce(credential.kind, '') IN ['mfaFactor', 'deviceKey']
WITH credential, coalesce(credential.issuedAt, credential.notBefore, credential.firstSeen, shown.projectedAsOf) AS issued, shown.projectedAsOf AS asOf
WITH credential, CASE WHEN credential.rotatedAt > issued AND credential.rotatedAt <= asOf THEN credential.rotatedAt ELSE issued END AS begun
WHERE credential.ends = 'Never'
   OR (credential.ends = 'At' AND credential.endsAt > begun + duration($limit))
   OR (credential.ends = 'Unknown' AND NOT coalesce(credential.kind, '') IN ['password', 'sessionCookie'])
RETURN credential.id AS subject, credential.ends AS ends, credential.endsAt AS endsAt, credential.live AS live
ORDER BY subject
