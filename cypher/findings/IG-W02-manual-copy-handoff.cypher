// IG-W02 Manual copy handoff: work handed over by hand, file or sheet, or with a secret that lay in a chat, ticket or sheet and was not issued for whoever used it alone.
// params:  $store STRING name of the store
// returns: subject STRING  id of the workflow, else of the run, else of the handoff, handoffs LIST of STRING; one row per subject
// example: :param store => 'idgraph'
MATCH (shown:IdgStore {name: $store})
WITH shown.projectedAsOf AS asOf
MATCH (handoff:Handoff {store: $store})
WHERE handoff.present <> 'False' OR handoff.occurredAt <= asOf
WITH asOf, handoff,
     head(COLLECT { MATCH (handoff)-[by:INITIATED_BY]->(initiator) WHERE by.from <= asOf WITH DISTINCT initiator ORDER BY CASE WHEN initiator:Account THEN 1 WHEN initiator:ServiceIdentity THEN 2 ELSE 3 END, initiator.id RETURN initiator }) AS initiator,
     head(COLLECT { MATCH (handoff)-[used:USED_CREDENTIAL]->(credential) WHERE used.from <= asOf WITH DISTINCT credential ORDER BY credential.id RETURN credential }) AS credential
WITH asOf, handoff, initiator, credential,
     COLLECT { MATCH (credential)-[proves:AUTHENTICATES_AS]->(subject) WHERE proves.from <= asOf RETURN DISTINCT subject.id } AS subjects,
     COLLECT { MATCH (credential)-[backed:BACKED_BY]->()-[given:GRANTED_TO]->(client) WHERE backed.from <= asOf AND given.from <= asOf RETURN client.id } AS clients,
     [initiator.id] + COLLECT { MATCH (initiator)-[runs:RUNS_AS]->(self) WHERE runs.from <= asOf RETURN self.id } AS selves
WITH asOf, handoff, initiator, credential,
     (size(subjects) = 1 AND subjects[0] IN selves) OR any(client IN clients WHERE client IN selves) AS isOwn,
     EXISTS { MATCH (credential)-[held:HELD_BY]->(holder) WHERE held.from <= asOf AND holder <> initiator } AS hasOtherHolder,
     EXISTS {
       MATCH (credential)-[kept:STORED_IN]->(place)
       WHERE kept.from <= coalesce(handoff.occurredAt, asOf) AND kept.from <= asOf
         AND (place.storeKind IN ['chat', 'ticket', 'spreadsheet']
              OR EXISTS { MATCH (place)-[lies:IN_SYSTEM]->(system) WHERE lies.from <= asOf AND system.category IN ['chat', 'ticketing', 'spreadsheet'] })
     } AS wasPasted
WHERE handoff.method IN ['manual', 'file', 'spreadsheet']
   OR (credential IS NOT NULL AND initiator IS NOT NULL AND wasPasted AND (NOT isOwn OR hasOtherHolder))
WITH asOf, handoff,
     COLLECT { MATCH (handoff)-[side:HANDOFF_FROM|HANDOFF_TO]->()-[part:STEP_OF]->(run:Run) WHERE side.from <= asOf AND part.from <= asOf WITH DISTINCT run ORDER BY run.id RETURN run } AS runs
WITH handoff, runs,
     COLLECT { UNWIND runs AS run MATCH (run)-[ran:RUN_OF]->(workflow) WHERE ran.from <= asOf WITH DISTINCT run, workflow ORDER BY run.id, workflow.id RETURN workflow.id } AS workflows
WITH coalesce(workflows[0], runs[0].id, handoff.id) AS subject, handoff.id AS id
ORDER BY id
RETURN subject, collect(id) AS handoffs
ORDER BY subject
