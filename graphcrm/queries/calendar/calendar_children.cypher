// The children, by given name and year of birth, of people who work at some clients on a day and whose children's school may be noted (C2.3, C2.4).
MATCH (client:Client)<-[job:WORKS_AT]-(person:Person)-[tie:PARENT_OF]->(child:Person)
WHERE client.id IN $client_ids AND person.school_dates = true
  AND coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  AND coalesce(tie.valid_to > $as_of, true)
  AND child.birth_date IS NOT NULL AND coalesce(child.status, 'active') <> 'deceased'
RETURN DISTINCT
  person.id AS person_id,
  person.name AS person_name,
  person.status AS status,
  client.id AS client_id,
  child.id AS child_id,
  coalesce(child.given_name, child.name) AS child_name,
  child.birth_date AS birth_date,
  tie.sensitivity AS sensitivity,
  COLLECT {
    MATCH (person)-[cover:COVERED_BY]->(employee:Employee)
      WHERE coalesce(cover.valid_from <= $as_of, true) AND coalesce(cover.valid_to > $as_of, true)
    RETURN {id: employee.id, name: employee.name, sensitivity: cover.sensitivity} ORDER BY employee.name
  } AS covered_by
ORDER BY person_id, child_id, client_id
