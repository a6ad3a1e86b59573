// An entity of a store has one id; by this index relationships find their ends.
// params:  none
// returns: nothing
CREATE CONSTRAINT idg_entity IF NOT EXISTS
FOR (entity:Entity)
REQUIRE (entity.store, entity.id) IS UNIQUE
