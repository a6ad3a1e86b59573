// Accounts that can sign in with a password of their own and of which no second factor is known to be demanded.
// params:  $store STRING name of the store
// returns: id STRING, name STRING, guest BOOLEAN or null, privileged BOOLEAN or null, mfa BOOLEAN or null, person STRING or null; one row per account and person
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
MATCH (account:Account {store: $store})
WHERE account.live <> 'False'
  AND (account.authMethods IS NULL OR 'local' IN account.authMethods)
  AND NOT coalesce(account.mfa, false)
OPTIONAL MATCH (account)-[link:BELONGS_TO]->(person:Person)
WHERE link.from <= shown.projectedAsOf < link.until
RETURN DISTINCT account.id AS id, account.name AS name, account.guest AS guest, account.privileged AS privileged, account.mfa AS mfa, person.id AS person
ORDER BY id, person
