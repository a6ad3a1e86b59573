// Some chunks of a run, in order.
// params:  $name STRING, $fence INTEGER of the run's writer, $from INTEGER first place, $until INTEGER the place after the last
// returns: bytes BYTEARRAY; one row per chunk
MATCH (chunk:IdgChunk {store: $name, fence: $fence})
WHERE $from <= chunk.place < $until
RETURN chunk.bytes AS bytes
ORDER BY chunk.place
