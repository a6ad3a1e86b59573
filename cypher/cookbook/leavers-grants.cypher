// Live grants that somebody consented to whose engagements have all ended: automation that goes on with their authority.
// params:  $store STRING name of the store
// returns: person STRING, leftAt DATETIME, grant STRING, client STRING, survives BOOLEAN or null; one row per grant and client
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
MATCH (person:Person {store: $store})-[:EMPLOYED_AS]->(engagement:Employment)
WITH shown.projectedAsOf AS asOf, person, max(coalesce(engagement.endAt, datetime('9999-12-31T00:00:00Z'))) AS leftAt
WHERE leftAt <= asOf
MATCH (grant:OAuthGrant)-[consented:CONSENTED_BY]->(account:Account)-[:BELONGS_TO]->(person)
WHERE consented.from <= asOf < consented.until
  AND grant.live <> 'False'
OPTIONAL MATCH (grant)-[given:GRANTED_TO]->(client)
WHERE given.from <= asOf < given.until
RETURN DISTINCT person.id AS person, leftAt, grant.id AS grant, client.id AS client, grant.survivesAuthoriserDisable AS survives
ORDER BY person, grant, client
