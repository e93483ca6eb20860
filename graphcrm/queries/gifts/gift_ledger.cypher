// What was given to some people, or is under way, with value, occasion, kind of gift and reaction. What costs nothing is left out.
MATCH (person:Person)<-[:TARGETS]-(action:GoodwillAction)
WHERE person.id IN $person_ids AND (action.kind = 'gift' OR action.cost > 0)
RETURN DISTINCT
  action.id AS id,
  person.id AS person_id,
  action.kind AS kind,
  action.status AS status,
  action.date AS day,
  action.cost AS cost,
  action.currency AS currency,
  action.reaction AS reaction,
  head(COLLECT { MATCH (action)-[:FOR_OCCASION]->(occasion:UsefulDate) RETURN occasion.id }) AS occasion_id,
  head(COLLECT { MATCH (action)-[:USES]->(offering:Offering) RETURN offering.id }) AS offering_id,
  head(COLLECT { MATCH (action)-[:USES]->(offering:Offering) RETURN offering.kind }) AS offering_kind,
  head(COLLECT { MATCH (action)-[:DONE_BY]->(employee:Person) RETURN employee.name }) AS employee_name,
  COLLECT { MATCH (action)-[:DONE_BY]->(employee:Person) RETURN employee.id } AS employee_ids
ORDER BY day, id, person_id
