// The risks that were written into an account plan with what is done about them, in the state that they had on a day.
MATCH (plan:AccountPlan&Entity {id: $plan_id})<-[:RISK_OF]-(risk:PlanRisk)
OPTIONAL MATCH (risk)-[:DONE_BY]->(owner:Person)
OPTIONAL MATCH (risk)-[:ABOUT]->(person:Person)
RETURN
  risk.id AS id,
  risk.name AS name,
  risk.severity AS severity,
  CASE WHEN risk.closed > $as_of THEN 'open' ELSE coalesce(risk.state, 'open') END AS state,
  CASE WHEN risk.closed <= $as_of THEN risk.closed END AS closed,
  risk.answer AS answer,
  owner.id AS owner_id,
  owner.name AS owner,
  person.id AS person_id,
  person.name AS person,
  coalesce(person:FamilyMember, false) AS is_family
ORDER BY CASE severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 WHEN 'low' THEN 2 ELSE 3 END, id
