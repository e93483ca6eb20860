// Every gift with its person, firm, value and who of ours is named with it, newest first: those entered or imported without a step in the register are among them.
MATCH (action:GoodwillAction&Gift)-[:TARGETS]->(person:Person)
OPTIONAL MATCH (action)-[:USES]->(offering:Offering)
OPTIONAL MATCH (action)-[:FOR_OCCASION]->(occasion:UsefulDate)
RETURN DISTINCT
  action.id AS id,
  action.status AS status,
  action.date AS day,
  action.cost AS cost,
  action.currency AS currency,
  action.description AS description,
  action.reaction AS reaction,
  person.id AS person_id,
  person.name AS person_name,
  person:FamilyMember AS is_relative,
  offering.name AS offering_name,
  occasion.name AS occasion_name,
  occasion.kind AS occasion_kind,
  head(COLLECT {
    MATCH (person)-[job:WORKS_AT]->(firm:Organization)
      WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
    RETURN firm.name ORDER BY job.level, firm.id
  }) AS firm_name,
  COLLECT { MATCH (action)-[:DONE_BY]->(employee:Person) RETURN employee {.id, .name} ORDER BY employee.name } AS by,
  COLLECT { MATCH (action)-[:APPROVED_BY]->(employee:Person) RETURN employee {.id, .name} ORDER BY employee.name } AS approved_by
ORDER BY day DESC, id
