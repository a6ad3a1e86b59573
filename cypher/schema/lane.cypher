// A store has one lane of a number.
// params:  none
// returns: nothing
CREATE CONSTRAINT idg_lane IF NOT EXISTS
FOR (lane:IdgLane)
REQUIRE (lane.store, lane.number) IS UNIQUE
