// What is left of a store of that name that somebody else took away.
// params:  $name STRING
// returns: remains BOOLEAN  whether runs or their bytes are there while the store itself is not; one row
RETURN NOT EXISTS { MATCH (:IdgStore {name: $name}) }
  AND (EXISTS { MATCH (:IdgRun {store: $name}) } OR EXISTS { MATCH (:IdgChunk {store: $name}) }) AS remains
ORDER BY remains
