// Say that what is projected is being changed and is not whole until it is finished.
// params:  $name STRING, $fence INTEGER of the writer, $run INTEGER number of the newest run that is being projected, $anew BOOLEAN  whether it goes by no hash
// returns: fence INTEGER; one row, or none where somebody else took the lease
MATCH (store:IdgStore {name: $name})
SET store.touchedAt = timestamp()
WITH store
WHERE store.fence = $fence AND store.holder IS NOT NULL
SET store.projecting = $run, store.projectingAnew = $anew
RETURN store.fence AS fence
ORDER BY fence
