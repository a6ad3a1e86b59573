// Every run that was read, and how many relationships that its source had shown ended between its reading and the one before.
// params:  $store STRING name of the store
// returns: run INTEGER, source STRING, startedAt DATETIME, recordedAt DATETIME, observations INTEGER, partial BOOLEAN, closed INTEGER; one row per run
// example: :param store => 'idgraph'
MATCH (run:IdgRun {store: $store})
WITH run, run.source + CASE WHEN run.tenant = '' THEN '' ELSE '/' + run.tenant END AS source
ORDER BY source, run.startedAt, run.number
WITH source, collect(run) AS runs
CALL (source) {
  MATCH (:Entity {store: $store})-[ended]->(:Entity)
  WHERE source IN ended.sources AND ended.until < datetime('9999-01-01T00:00:00Z')
  RETURN collect(ended.until) AS ends
}
UNWIND range(0, size(runs) - 1) AS place
WITH runs[place] AS run, CASE WHEN place = 0 THEN datetime('0001-01-01T00:00:00Z') ELSE runs[place - 1].startedAt END AS before, ends
RETURN run.number AS run, run.source AS source, run.startedAt AS startedAt, run.recordedAt AS recordedAt, run.observations AS observations, run.partial AS partial,
       size([ended IN ends WHERE before < ended <= run.startedAt]) AS closed
ORDER BY run
