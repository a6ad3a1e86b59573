// Who can create new access at a moment: make principals, issue credentials, grant roles; and connectors that can provision.
// params:  $store STRING name of the store, $asOf DATETIME the moment
// returns: who STRING, kind STRING, can STRING, place STRING, live STRING  as of the projection, truth STRING; one row per ability
// example: :param store => 'idgraph'
//          :param asOf => datetime()
MATCH (who:Entity {store: $store})-[can:CAN_ISSUE_CREDENTIAL|CAN_PROVISION|CAN_GRANT|CONNECTS]->(place:Entity)
WHERE can.from <= $asOf < can.until
  AND who.live <> 'False'
  AND (type(can) <> 'CONNECTS'
       OR (coalesce(can.side, 'target') = 'target' AND any(word IN coalesce(who.capabilities, []) WHERE word IN ['provision', 'issueCredential', 'manageGroup'])))
RETURN DISTINCT who.id AS who, [label IN labels(who) WHERE label <> 'Entity'][0] AS kind, type(can) AS can, place.id AS place, who.live AS live,
       CASE WHEN can.sureFrom <= $asOf < can.sureUntil THEN 'True' ELSE 'Unknown' END AS truth
ORDER BY who, can, place
