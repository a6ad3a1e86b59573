// What changed about something between two moments: words of its own and relationships that began or ended.
// params:  $store STRING name of the store, $id STRING, $t1 DATETIME, $t2 DATETIME
// returns: at DATETIME, what STRING, other STRING or null, state STRING or null; one row per change
// example: :param store => 'idgraph'
//          :param id => 'jira:user/uma'
//          :param t1 => datetime('2026-01-01T00:00:00Z')
//          :param t2 => datetime('2026-06-30T00:00:00Z')
MATCH (thing:Entity {store: $store, id: $id})
CALL (thing) {
  MATCH (thing)-[:WAS]->(said:Revision)
  WHERE $t1 < said.from <= $t2
  RETURN said.from AS at, 'says' AS what, null AS other, said.state AS state
  UNION
  MATCH (thing)-[link]-(neighbour:Entity)
  WHERE $t1 < link.from <= $t2
  RETURN link.from AS at, type(link) + ' began' AS what, neighbour.id AS other, null AS state
  UNION
  MATCH (thing)-[link]-(neighbour:Entity)
  WHERE $t1 < link.until <= $t2
  RETURN link.until AS at, type(link) + ' ended' AS what, neighbour.id AS other, null AS state
}
RETURN at, what, other, state
ORDER BY at, what, other
