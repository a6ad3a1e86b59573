// A writer of a store writes a chunk of a place once; by this index chunks are read in order, and by key range.
// params:  none
// returns: nothing
CREATE CONSTRAINT idg_chunk IF NOT EXISTS
FOR (chunk:IdgChunk)
REQUIRE (chunk.store, chunk.fence, chunk.place) IS UNIQUE
