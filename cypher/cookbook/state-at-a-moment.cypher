// What something was at a moment: its state, its times and whatever else matters of its past.
// params:  $store STRING name of the store, $id STRING, $asOf DATETIME the moment
// returns: said MAP, sure BOOLEAN  whether every word was read recently enough; one row, or none where nothing was known
// example: :param store => 'idgraph'
//          :param id => 'okta:user/rhea'
//          :param asOf => datetime('2026-01-01T00:00:00Z')
MATCH (thing:Entity {store: $store, id: $id})-[:WAS]->(said:Revision)
WHERE said.from <= $asOf < said.until
RETURN properties(said) AS said, said.sureFrom <= $asOf < said.sureUntil AS sure
ORDER BY sure
