// IG-W03 Handoff with unknown credential or initiator: nobody recorded who started it, which human stands behind it (or that none does), or which credential was used.
// params:  $store STRING name of the store
// returns: subject STRING  id of the workflow, else of the run, else of the handoff, handoffs LIST of STRING; one row per subject
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
WITH shown.projectedAsOf AS asOf
MATCH (handoff:Handoff {store: $store})
WHERE (handoff.present <> 'False' OR handoff.occurredAt <= asOf)
WITH asOf, handoff,
     EXISTS { MATCH (handoff)-[by:INITIATED_BY]->() WHERE by.from <= asOf } AS hasInitiator,
     EXISTS { MATCH (handoff)-[used:USED_CREDENTIAL]->() WHERE used.from <= asOf } AS hasCredential,
     'onBehalfOf' IN coalesce(handoff.none, [])
       OR EXISTS { MATCH (handoff)-[by:INITIATED_BY|ACTS_FOR]->(actor:Account|Person) WHERE by.from <= asOf }
       OR EXISTS { MATCH (named:Entity {store: $store, id: handoff.onBehalfOf}) WHERE named:Account OR named:Person } AS hasHuman
WHERE NOT (hasInitiator AND hasCredential AND hasHuman)
WITH asOf, handoff,
     COLLECT { MATCH (handoff)-[side:HANDOFF_FROM|HANDOFF_TO]->()-[part:STEP_OF]->(run:Run) WHERE side.from <= asOf AND part.from <= asOf WITH DISTINCT run ORDER BY run.id RETURN run } AS runs
WITH handoff, runs,
     COLLECT { UNWIND runs AS run MATCH (run)-[ran:RUN_OF]->(workflow) WHERE ran.from <= asOf WITH DISTINCT run, workflow ORDER BY run.id, workflow.id RETURN workflow.id } AS workflows
WITH coalesce(workflows[0], runs[0].id, handoff.id) AS subject, handoff.id AS id
ORDER BY id
RETURN subject, collect(id) AS handoffs
ORDER BY subject
