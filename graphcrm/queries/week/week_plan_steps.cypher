// The open steps of the account plans of the given clients that fall due between two days (the last not included), with who does them.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})<-[:FOR_CLIENT]-(plan:AccountPlan)<-[:STEP_OF]-(step:PlanStep)
WHERE step.due >= $since AND step.due < $until
  AND coalesce(plan.begun <= $as_of, true) AND coalesce(plan.closed > $as_of, true)
  AND (coalesce(step.state, 'open') = 'open' OR step.closed > $as_of)
RETURN
  step.id AS id,
  step.name AS name,
  step.due AS due,
  plan.name AS goal,
  client.id AS client_id,
  client.name AS client_name,
  head(COLLECT { MATCH (step)-[:TARGETS]->(person:Person) WHERE NOT person:FamilyMember RETURN person {.id, .name} }) AS person,
  COLLECT { MATCH (step)-[:DONE_BY]->(owner:Person) RETURN owner.id } AS owner_ids
ORDER BY due, id
