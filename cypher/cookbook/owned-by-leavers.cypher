// What only people own whose engagements have all ended.
// params:  $store STRING name of the store
// returns: id STRING, kind STRING, owners LIST of STRING; one row per asset
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
MATCH (owned:Entity {store: $store})-[owning:OWNED_BY]->(owner:Entity)
WHERE owning.from <= shown.projectedAsOf < owning.until
WITH owned, owner, shown.projectedAsOf AS asOf
WITH owned, owner,
     owner:Person AND NOT EXISTS { MATCH (owner)-[:EMPLOYED_AS]->(engagement:Employment) WHERE engagement.endAt IS NULL OR engagement.endAt > asOf } AS hasLeft
WITH owned, collect(DISTINCT owner.id) AS owners, min(CASE WHEN hasLeft THEN 1 ELSE 0 END) AS everyone
WHERE everyone = 1
RETURN owned.id AS id, [label IN labels(owned) WHERE label <> 'Entity'][0] AS kind, owners
ORDER BY id
