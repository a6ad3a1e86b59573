// Where a credential was kept, who held it, what it came from and what came from it, through time.
// params:  $store STRING name of the store, $id STRING of the credential
// returns: how STRING, other STRING, from DATETIME, until DATETIME, truth STRING; one row per interval
// example: :param store => 'idgraph'
//          :param id => 'aws:key/prod-shared'
MATCH (credential:Credential {store: $store, id: $id})-[link:STORED_IN|HELD_BY|ENCRYPTED_WITH|DERIVED_FROM]-(other:Entity)
RETURN CASE WHEN startNode(link) = credential THEN type(link) ELSE type(link) + ' of' END AS how, other.id AS other, link.from AS from, link.until AS until, link.truth AS truth
ORDER BY from, how, other
