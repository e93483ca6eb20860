// What was changed since a day about the given clients, their people, contacts, deals and account plans, newest first.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
CALL (client) {
  RETURN client AS subject
  UNION
  MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(subject:Person)
  RETURN subject
  UNION
  MATCH (client)<-[:FOR_CLIENT]-(subject:Interaction|Deal)
  RETURN subject
  UNION
  MATCH (client)<-[:FOR_CLIENT]-(subject:AccountPlan)
  RETURN subject
  UNION
  MATCH (client)<-[:FOR_CLIENT]-(:AccountPlan)<-[:STEP_OF|RISK_OF]-(subject:PlanStep|PlanRisk)
  RETURN subject
}
MATCH (subject)<-[:CHANGED]-(change:Change)
WHERE date(change.at) >= $since
WITH change, min(client.name) AS client_name, min(client.id) AS client_id
ORDER BY change.at DESC, change.number DESC, change.id
LIMIT $most
RETURN
  change.id AS id,
  change.number AS number,
  change.what AS what,
  change.action AS action,
  change.undoes AS undoes,
  change.operations AS operations,
  change.at AS at,
  change.by AS by,
  change.before AS before,
  change.after AS after,
  change.sensitivity AS sensitivity,
  client_id AS client_id,
  client_name AS client_name
