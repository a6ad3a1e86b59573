// IG-K03 Authoriser gone or unassured: a live grant of whose authorisers every one is gone, has left, moved since or had less assurance than its policy asks for, or of whom nobody is recorded.
// params:  $store STRING name of the store, $confidence FLOAT from which whose account it is counts as certain (0 to 1)
// returns: subject STRING  grant id, authorisers LIST of STRING, live STRING; one row per grant
// example: :param store => 'idgraph'
//          :param confidence => 0.9
MATCH (shown:IdgStore {name: $store})
WITH shown.projectedAsOf AS asOf
MATCH (grant:OAuthGrant {store: $store})
WHERE grant.live <> 'False'
WITH asOf, grant,
     CASE WHEN EXISTS { MATCH (grant)-[given:CONSENTED_BY]->() WHERE given.from <= asOf < given.until } THEN 'CONSENTED_BY' ELSE 'ON_BEHALF_OF' END AS way
WHERE NOT EXISTS {
  MATCH (grant)-[given:CONSENTED_BY|ON_BEHALF_OF]->(account)
  WHERE type(given) = way
    AND given.from <= asOf < given.until
    AND account.placeholder IS NULL
    AND account.present <> 'False'
    AND (account.live <> 'False' OR account.state = 'Locked')
    AND NOT EXISTS { MATCH (grant)-[governs:GOVERNED_BY]->(policy:Policy) WHERE governs.sureFrom <= asOf < governs.sureUntil AND policy.aal > given.aal }
  WITH account, coalesce(given.at, reduce(
         since = given.sureFrom,
         before IN COLLECT { MATCH (grant)-[earlier:CONSENTED_BY|ON_BEHALF_OF]->(account) WHERE type(earlier) = way AND earlier.from < given.from RETURN earlier ORDER BY earlier.from DESC } |
         CASE WHEN before.sureUntil >= since THEN before.sureFrom ELSE since END)) AS givenAt
  WHERE NOT EXISTS {
    MATCH (account)-[link:BELONGS_TO]->(person:Person)
    WHERE link.sureFrom <= asOf < link.sureUntil
      AND (link.confidence >= $confidence OR (link.confidence IS NULL AND NOT 'confidence' IN coalesce(link.disputed, [])))
      AND NOT EXISTS { MATCH (account)-[perhaps:BELONGS_TO]->(another) WHERE perhaps.from <= asOf < perhaps.until AND another <> person }
      AND (person.leaver = 'True'
           OR (person.leaver = 'Unknown' AND EXISTS { (person)-[:EMPLOYED_AS]->() })
           OR EXISTS {
             MATCH (event:LifecycleEvent {kind: 'mover'})-[about:TARGETS]->(person)
             WHERE about.from <= asOf < about.until
               AND givenAt < event.effectiveAt <= asOf
               AND NOT EXISTS { MATCH (approval)-[approves:APPROVES]->(grant) WHERE approves.from <= asOf < approves.until AND approval.at >= event.effectiveAt }
           })
  }
  RETURN account
}
RETURN grant.id AS subject,
       COLLECT { MATCH (grant)-[given:CONSENTED_BY|ON_BEHALF_OF]->(account) WHERE type(given) = way AND given.from <= asOf < given.until WITH DISTINCT account.id AS id ORDER BY id RETURN id } AS authorisers,
       grant.live AS live
ORDER BY subject
