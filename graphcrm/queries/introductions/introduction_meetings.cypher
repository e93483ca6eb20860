// Which of our people were in touch with some people in the days up to a day: each contact with its kind and mood, newest first.
UNWIND $person_ids AS person_id
MATCH (person:Person {id: person_id})<-[:WITH]-(contact:Interaction)-[:CONDUCTED_BY]->(employee:Person)
WHERE contact.date <= $as_of AND contact.date > $as_of - duration({days: $days})
  AND EXISTS {
    (employee)-[job:WORKS_AT]->(:OwnFirm)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  }
RETURN DISTINCT
  contact.id AS id,
  person.id AS person_id,
  employee.id AS employee_id,
  contact.date AS on,
  contact.kind AS kind,
  contact.mood AS mood
ORDER BY on DESC, id, person_id, employee_id
