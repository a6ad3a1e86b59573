// The handoffs of a run in order: who started each, for whom, with which credential, how. What nobody recorded is null.
// params:  $store STRING name of the store, $id STRING of the run
// returns: handoff STRING, occurredAt DATETIME, method STRING, initiators LIST of STRING, actsFor LIST of STRING, credentials LIST of STRING; one row per handoff
// example: :param store => 'idgraph'
//          :param id => 'n8n:run/4711'
MATCH (run:Run {store: $store, id: $id})<-[:STEP_OF]-(:StepRun)<-[:HANDOFF_FROM|HANDOFF_TO]-(handoff:Handoff)
WITH DISTINCT handoff
RETURN handoff.id AS handoff, handoff.occurredAt AS occurredAt, handoff.method AS method,
       COLLECT { MATCH (handoff)-[:INITIATED_BY]->(who) WITH DISTINCT who.id AS who ORDER BY who RETURN who } AS initiators,
       COLLECT { MATCH (handoff)-[:ACTS_FOR]->(whom) WITH DISTINCT whom.id AS whom ORDER BY whom RETURN whom } AS actsFor,
       COLLECT { MATCH (handoff)-[:USED_CREDENTIAL]->(used) WITH DISTINCT used.id AS used ORDER BY used RETURN used } AS credentials
ORDER BY occurredAt, handoff
