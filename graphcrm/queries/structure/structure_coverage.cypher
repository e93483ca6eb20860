// Which of our employees covers whom at a client, as of a day, at which level and how strongly.
MATCH (client:Client {id: $client_id})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)-[tie:COVERED_BY]->(employee:Person)
  WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
RETURN DISTINCT
  tie.id AS id,
  person.id AS person_id,
  employee.id AS employee_id,
  employee.name AS employee_name,
  coalesce(tie.coverage, 'unknown') AS coverage,
  tie.level_now AS level_now,
  tie.level_wanted AS level_wanted,
  tie.strength AS strength,
  CASE WHEN tie.last_contact <= $as_of THEN tie.last_contact END AS last_contact,
  head(COLLECT {
    MATCH (employee)-[job:WORKS_AT]->(:OwnFirm) WHERE job.valid_to > $as_of RETURN job.valid_to ORDER BY job.valid_to
  }) AS employee_leaves_on,
  tie.sensitivity AS sensitivity
ORDER BY id
