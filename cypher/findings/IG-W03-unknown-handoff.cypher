// IG-W03 Handoff with unknown credential or initiator: nobody recorded who started it, who acted before a token was exchanged, which human stands behind it (or that none does), or which credential was used.
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
       OR EXISTS { MATCH (named:Entity {store: $store, id: handoff.onBehalfOf}) WHERE named:Account OR named:Person } AS hasHuman,
     head(COLLECT { MATCH (handoff)-[by:INITIATED_BY]->(initiator) WHERE by.from <= asOf WITH DISTINCT initiator ORDER BY CASE WHEN initiator:Account THEN 1 WHEN initiator:ServiceIdentity THEN 2 ELSE 3 END, initiator.id RETURN initiator.id }) AS initiator,
     head(COLLECT { MATCH (handoff)-[used:USED_CREDENTIAL]->(credential) WHERE used.from <= asOf WITH DISTINCT credential ORDER BY credential.id RETURN credential }) AS credential,
     head(COLLECT { MATCH (handoff)-[side:HANDOFF_FROM]->(start) WHERE side.from <= asOf WITH DISTINCT start ORDER BY start.id RETURN start }) AS start,
     COLLECT { MATCH (handoff)-[by:ACTS_FOR]->(actor) WHERE by.from <= asOf RETURN DISTINCT actor.id } AS stated
WITH asOf, handoff, hasInitiator, hasCredential, hasHuman, stated,
     handoff.method = 'tokenExchange' OR EXISTS { MATCH (credential)-[came:DERIVED_FROM {mode: 'exchange'}]->() WHERE came.from <= asOf } AS isExchange,
     COLLECT { MATCH (start)<-[side:HANDOFF_TO]-(other)-[by:INITIATED_BY]->(actor) WHERE side.from <= asOf AND by.from <= asOf AND other <> handoff AND actor.id <> coalesce(initiator, '') RETURN DISTINCT actor.id } AS acted
WITH asOf, handoff, hasInitiator, hasCredential, hasHuman,
     isExchange AND CASE WHEN size(acted) > 0 THEN none(actor IN acted WHERE actor IN stated) ELSE size(stated) = 0 AND handoff.onBehalfOf IS NOT NULL END AS isActingPartyUnknown
WHERE NOT (hasInitiator AND hasCredential AND hasHuman) OR isActingPartyUnknown
WITH asOf, handoff,
     COLLECT { MATCH (handoff)-[side:HANDOFF_FROM|HANDOFF_TO]->()-[part:STEP_OF]->(run:Run) WHERE side.from <= asOf AND part.from <= asOf WITH DISTINCT run ORDER BY run.id RETURN run } AS runs
WITH handoff, runs,
     COLLECT { UNWIND runs AS run MATCH (run)-[ran:RUN_OF]->(workflow) WHERE ran.from <= asOf WITH DISTINCT run, workflow ORDER BY run.id, workflow.id RETURN workflow.id } AS workflows
WITH coalesce(workflows[0], runs[0].id, handoff.id) AS subject, handoff.id AS id
ORDER BY id
RETURN subject, collect(id) AS handoffs
ORDER BY subject
