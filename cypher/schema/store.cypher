// One store has one name.
// params:  none
// returns: nothing
CREATE CONSTRAINT idg_store IF NOT EXISTS
FOR (store:IdgStore)
REQUIRE store.name IS UNIQUE
