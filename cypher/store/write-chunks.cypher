// Write chunks of a run that is not sealed yet, and keep the lease. Run twice it does no harm.
// params:  $name STRING, $fence INTEGER of the writer, $milliseconds INTEGER until the lease runs out,
//          $writer STRING that no other writer has, $chunks LIST of [place INTEGER from 0, bytes BYTEARRAY]
// returns: written INTEGER  how many; fewer where somebody else took the lease or has a chunk in that place; one row
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.fence = $fence AND store.holder IS NOT NULL
SET store.leaseUntil = timestamp() + $milliseconds
WITH store
UNWIND $chunks AS piece
MERGE (chunk:IdgChunk {store: $name, fence: $fence, place: piece[0]})
ON CREATE SET chunk.bytes = piece[1], chunk.writer = $writer
WITH chunk
WHERE chunk.writer = $writer
RETURN count(chunk) AS written
ORDER BY written
