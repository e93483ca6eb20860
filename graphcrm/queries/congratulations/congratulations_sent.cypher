// The congratulations and condolences of some people, planned and sent, the oldest first: with occasion, text and who of ours (C3.1-C3.4).
UNWIND $person_ids AS wanted
MATCH (person:Person {id: wanted})<-[:TARGETS]-(action:GoodwillAction)
WHERE action.kind IN ['congratulation', 'condolence']
RETURN
  action.id AS id,
  person.id AS person_id,
  action.kind AS kind,
  action.status AS status,
  action.date AS on,
  action.occasion_key AS occasion_key,
  COLLECT { MATCH (action)-[:FOR_OCCASION]->(occasion:UsefulDate) RETURN occasion.id ORDER BY occasion.id } AS date_ids,
  action.text_key AS text_key,
  action.text AS text,
  head(COLLECT { MATCH (action)-[:DONE_BY]->(employee:Person) RETURN employee.name ORDER BY employee.id }) AS employee_name
ORDER BY on, id
