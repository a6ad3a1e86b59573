// What is not known about something at a moment: words that are disputed or stale, relationships that may hold.
// params:  $store STRING name of the store, $id STRING, $asOf DATETIME the moment
// returns: what STRING, other STRING or null; one row per unknown
// example: :param store => 'idgraph'
//          :param id => 'jira:user/uma'
//          :param asOf => datetime()
MATCH (thing:Entity {store: $store, id: $id})
CALL (thing) {
  UNWIND [word IN coalesce(thing.disputed, []) | word + ' is disputed'] + [word IN coalesce(thing.stale, []) | word + ' is stale'] AS what
  RETURN what, null AS other
  UNION
  MATCH (thing)-[link]-(neighbour:Entity)
  WHERE link.from <= $asOf < link.until AND NOT (link.sureFrom <= $asOf < link.sureUntil)
  RETURN DISTINCT type(link) AS what, neighbour.id AS other
}
RETURN what, other
ORDER BY what, other
