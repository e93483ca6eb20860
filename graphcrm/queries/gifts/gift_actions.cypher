// Some gifts as they stand, with the person, the gift of the catalogue, the occasion and who of ours hands it over.
UNWIND $action_ids AS wanted
MATCH (action:Entity&GoodwillAction {id: wanted})-[:TARGETS]->(person:Person)
OPTIONAL MATCH (action)-[:USES]->(offering:Offering)
OPTIONAL MATCH (action)-[:FOR_OCCASION]->(occasion:UsefulDate)
RETURN
  action.id AS id,
  action.kind AS kind,
  action.status AS status,
  action.date AS day,
  action.cost AS cost,
  action.currency AS currency,
  action.description AS description,
  action.reaction AS reaction,
  person.id AS person_id,
  person.name AS person_name,
  offering.id AS offering_id,
  offering.name AS offering_name,
  offering.kind AS offering_kind,
  offering.tags AS tags,
  offering.pieces AS pieces,
  occasion.id AS occasion_id,
  occasion.name AS occasion_name,
  occasion.kind AS occasion_kind,
  COLLECT { MATCH (action)-[:DONE_BY]->(employee:Person) RETURN employee.id } AS employee_ids
ORDER BY id, person_id
