// IG-C04 Secret in unsanctioned store: a live credential kept where secrets may not be kept, or where nobody said whether they may and the place is none for secrets.
// params:  $store STRING name of the store
// returns: subject STRING  credential id, place STRING  id of where it is kept, sanctioned BOOLEAN or null, live STRING; one row per pair
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
MATCH (credential:Credential {store: $store})-[kept:STORED_IN]->(place:Entity)
WHERE credential.live <> 'False'
  AND kept.from <= shown.projectedAsOf < kept.until
WITH credential, kept, place,
     CASE
       WHEN 'sanctioned' IN coalesce(kept.none, []) + coalesce(kept.disputed, []) THEN true
       WHEN kept.sanctioned IS NULL THEN coalesce(place.storeKind, '') IN ['chat', 'ticket', 'spreadsheet', 'mailbox', 'personal', 'code']
       ELSE NOT kept.sanctioned OR kept.sureUntil <= shown.projectedAsOf
     END AS unsanctioned
WHERE unsanctioned
RETURN DISTINCT credential.id AS subject, place.id AS place, kept.sanctioned AS sanctioned, credential.live AS live
ORDER BY subject, place
