// With whom at a client the first sales contact was made, when, and by whom of ours.
MATCH (client:Client {id: $client_id})-[tie:FIRST_CONTACT]->(person:Person)
OPTIONAL MATCH (employee:Person {id: tie.by})
OPTIONAL MATCH (source:Source {id: tie.source})
RETURN
  tie.id AS id,
  person.id AS person_id,
  person.name AS person_name,
  tie.date AS on,
  employee.id AS employee_id,
  employee.name AS employee_name,
  tie.confidence AS confidence,
  source.name AS source,
  tie.sensitivity AS sensitivity
ORDER BY on, id
