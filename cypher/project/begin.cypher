// Take the lanes of a projection. Setting a lane's fence waits for whatever another writer still does in it, and shuts that writer out.
// params:  $name STRING, $fence INTEGER of the writer, $lanes INTEGER how many
// returns: lanes INTEGER  how many were taken, 0 where somebody else took the lease; one row
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.fence = $fence AND store.holder IS NOT NULL
UNWIND range(0, $lanes - 1) AS number
MERGE (lane:IdgLane {store: $name, number: number})
SET lane.fence = $fence
RETURN count(lane) AS lanes
ORDER BY lanes
