// A store keeps one query of a name.
// params:  none
// returns: nothing
CREATE CONSTRAINT idg_query IF NOT EXISTS
FOR (query:IdgQuery)
REQUIRE (query.store, query.name) IS UNIQUE
