// Who has access to a thing by rights that were given: through assignments, groups, roles and entitlements, in at most six steps. Reach by credentials, workflows and new access is not in it: ask `idgraph exposure ID`.
// params:  $store STRING name of the store, $id STRING of the thing, $asOf DATETIME the moment
// returns: who STRING, kind STRING, level STRING or null, rights STRING or null, truth STRING  Unknown where some step is unsure, through LIST of STRING; one row per way
// example: :param store => 'idgraph'
//          :param id => 'aws:resource/ledger'
//          :param asOf => datetime()
MATCH (thing:Entity {store: $store, id: $id})
MATCH way = (who:Account|ServiceIdentity|Agent)-[:HOLDS|ASSIGNS|MEMBER_OF|HAS_ROLE|HAS_ENTITLEMENT|GRANTS*0..6]->()-[given:ENTITLES]->(thing)
WHERE all(step IN relationships(way) WHERE step.from <= $asOf < step.until)
RETURN DISTINCT who.id AS who, [label IN labels(who) WHERE label <> 'Entity'][0] AS kind, given.level AS level, given.rights AS rights,
       CASE WHEN all(step IN relationships(way) WHERE step.sureFrom <= $asOf < step.sureUntil) THEN 'True' ELSE 'Unknown' END AS truth,
       [passed IN nodes(way)[1..-1] | passed.id] AS through
ORDER BY who, through, level, rights, truth
