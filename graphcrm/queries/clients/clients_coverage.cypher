// Which of our employees covers whom at the given clients as of a day, in parallel lists.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)-[tie:COVERED_BY]->(employee:Person)
  WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
WITH DISTINCT client, person, tie, employee
ORDER BY tie.id
WITH client, collect({
  tie: tie,
  person: person,
  employee: employee,
  leaves: head(COLLECT {
    MATCH (employee)-[job:WORKS_AT]->(:OwnFirm) WHERE job.valid_to > $as_of RETURN job.valid_to ORDER BY job.valid_to
  })
}) AS found
RETURN
  client.id AS client_id,
  [one IN found | one.tie.id] AS ids,
  [one IN found | one.person.id] AS person_ids,
  [one IN found | one.employee.id] AS employee_ids,
  [one IN found | one.employee.name] AS employee_names,
  [one IN found | one.tie.coverage] AS coverages,
  [one IN found | CASE WHEN one.tie.last_contact <= $as_of THEN one.tie.last_contact END] AS last_contacts,
  [one IN found | one.leaves] AS leave_on,
  [one IN found | one.tie.sensitivity] AS sensitivities
