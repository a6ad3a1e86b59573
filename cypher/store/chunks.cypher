// Some chunks of some runs, in order.
// params:  $name STRING, $ranges LIST of [fence INTEGER of the run's writer, from INTEGER first place, until INTEGER the place after the last]
// returns: fence INTEGER, place INTEGER, bytes BYTEARRAY; one row per chunk
UNWIND range(0, size($ranges) - 1) AS position
WITH position, $ranges[position] AS wanted
MATCH (chunk:IdgChunk {store: $name, fence: wanted[0]})
WHERE wanted[1] <= chunk.place < wanted[2]
RETURN chunk.fence AS fence, chunk.place AS place, chunk.bytes AS bytes
ORDER BY position, place
