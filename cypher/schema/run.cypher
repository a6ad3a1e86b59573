// A store has one run of a number.
// params:  none
// returns: nothing
CREATE CONSTRAINT idg_run IF NOT EXISTS
FOR (run:IdgRun)
REQUIRE (run.store, run.number) IS UNIQUE
