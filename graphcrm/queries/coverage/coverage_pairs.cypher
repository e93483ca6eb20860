// Who of ours covers whom at the given clients, as of a day: level now and wanted, strength as stated and of which day, last contact written with the tie (C1.2).
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
MATCH (client)<-[place:WORKS_AT|STAKEHOLDER_IN]-(person:Person)-[tie:COVERED_BY]->(employee:Person)
  WHERE coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
    AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
WITH DISTINCT client, person, tie, employee
OPTIONAL MATCH (source:Source {id: tie.source})
RETURN
  client.id AS client_id,
  client.name AS client_name,
  person.id AS person_id,
  person.name AS person_name,
  employee.id AS employee_id,
  employee.name AS employee_name,
  tie.id AS tie_id,
  coalesce(tie.coverage, 'unknown') AS coverage,
  tie.level_now AS level_now,
  tie.level_wanted AS level_wanted,
  tie.strength AS strength,
  CASE WHEN tie.last_contact <= $as_of THEN tie.last_contact END AS last_contact,
  CASE WHEN tie.last_verified_at <= $as_of THEN tie.last_verified_at END AS verified,
  tie.confidence AS confidence,
  source.name AS source,
  head(COLLECT {
    MATCH (employee)-[job:WORKS_AT]->(:OwnFirm) WHERE job.valid_to > $as_of RETURN job.valid_to ORDER BY job.valid_to
  }) AS employee_leaves_on,
  tie.sensitivity AS sensitivity
ORDER BY client_name, person_name, employee_name, tie_id
