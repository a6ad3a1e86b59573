// Live credentials in the hands of people whose engagements have all ended: what they may still know.
// params:  $store STRING name of the store
// returns: person STRING, leftAt DATETIME, credential STRING, kind STRING, ends STRING, proves LIST of STRING  whom it signs in as; one row per credential
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
MATCH (person:Person {store: $store})-[:EMPLOYED_AS]->(engagement:Employment)
WITH shown.projectedAsOf AS asOf, person, max(coalesce(engagement.endAt, datetime('9999-12-31T00:00:00Z'))) AS leftAt
WHERE leftAt <= asOf
MATCH (credential:Credential)-[held:HELD_BY]->(person)
WHERE held.from <= asOf
  AND credential.live <> 'False'
RETURN DISTINCT person.id AS person, leftAt, credential.id AS credential, credential.kind AS kind, credential.ends AS ends,
       COLLECT { MATCH (credential)-[proves:AUTHENTICATES_AS]->(subject) WHERE proves.from <= asOf < proves.until WITH DISTINCT subject.id AS subject ORDER BY subject RETURN subject } AS proves
ORDER BY person, credential
