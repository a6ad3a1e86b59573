// Who answered for something, in which role, from when until when.
// params:  $store STRING name of the store, $id STRING of what is owned
// returns: owner STRING, role STRING, from DATETIME, until DATETIME, truth STRING, sources LIST of STRING; one row per interval
// example: :param store => 'idgraph'
//          :param id => 'aws:svc/cost-reporter'
MATCH (owned:Entity {store: $store, id: $id})-[owning:OWNED_BY]->(owner:Entity)
RETURN owner.id AS owner, owning.role AS role, owning.from AS from, owning.until AS until, owning.truth AS truth, owning.sources AS sources
ORDER BY from, owner, role
