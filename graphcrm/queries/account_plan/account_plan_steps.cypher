// The steps of an account plan with who does them and whom they are about, in the state that they had on a day; by when they are due.
MATCH (plan:AccountPlan&Entity {id: $plan_id})<-[:STEP_OF]-(step:PlanStep)
OPTIONAL MATCH (step)-[:DONE_BY]->(owner:Person)
OPTIONAL MATCH (step)-[:TARGETS]->(person:Person)
RETURN
  step.id AS id,
  step.name AS name,
  step.due AS due,
  CASE WHEN step.closed > $as_of THEN 'open' ELSE coalesce(step.state, 'open') END AS state,
  CASE WHEN step.closed <= $as_of THEN step.closed END AS closed,
  CASE WHEN step.closed > $as_of THEN null ELSE step.outcome END AS outcome,
  owner.id AS owner_id,
  owner.name AS owner,
  person.id AS person_id,
  person.name AS person,
  coalesce(person:FamilyMember, false) AS is_family
ORDER BY due, id
