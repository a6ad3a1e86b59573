// Accounts that still are not known to be shut of people whose engagements have all ended.
// params:  $store STRING name of the store
// returns: person STRING, leftAt DATETIME, account STRING, state STRING or null where it is not known, live STRING; one row per account
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
MATCH (person:Person {store: $store})-[:EMPLOYED_AS]->(engagement:Employment)
WITH shown.projectedAsOf AS asOf, person, max(coalesce(engagement.endAt, datetime('9999-12-31T00:00:00Z'))) AS leftAt
WHERE leftAt <= asOf
MATCH (account:Account)-[link:BELONGS_TO]->(person)
WHERE link.from <= asOf < link.until
  AND account.live <> 'False'
RETURN DISTINCT person.id AS person, leftAt, account.id AS account, account.state AS state, account.live AS live
ORDER BY person, account
