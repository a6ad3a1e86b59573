// Service identities that can still sign in, or may, and that nobody is stated to own at the moment. Owners who left, empty groups and owners that nobody owns are not judged here: ask `idgraph orphans`.
// params:  $store STRING name of the store, $asOf DATETIME the moment
// returns: id STRING, name STRING, live STRING  as of the projection, lastOwner STRING or null, ownedUntil DATETIME or null; one row per identity
// example: :param store => 'idgraph'
//          :param asOf => datetime()
MATCH (identity:ServiceIdentity {store: $store})
WHERE identity.live <> 'False'
  AND identity.existsFrom <= $asOf < identity.existsUntil
  AND NOT EXISTS { MATCH (identity)-[owning:OWNED_BY]->() WHERE owning.from <= $asOf < owning.until }
WITH identity, head(COLLECT { MATCH (identity)-[past:OWNED_BY]->(owner) WHERE past.until <= $asOf WITH past, owner ORDER BY past.until DESC, owner.id RETURN [owner.id, past.until] }) AS before
RETURN identity.id AS id, identity.name AS name, identity.live AS live, before[0] AS lastOwner, before[1] AS ownedUntil
ORDER BY id
