// The useful dates of some clients and of the people who work there on a day (C2.4), each with who of ours covers the person. Dates are partial texts.
MATCH (client:Client)
WHERE client.id IN $client_ids
CALL (client) {
  MATCH (client)<-[:DATE_OF]-(occasion:UsefulDate)
  RETURN occasion, null AS person
  UNION
  MATCH (client)<-[job:WORKS_AT]-(person:Person)<-[:DATE_OF]-(occasion:UsefulDate)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  RETURN occasion, person
}
OPTIONAL MATCH (occasion)-[:LINKED_TO]->(interest:Interest)
RETURN DISTINCT
  occasion.id AS id,
  occasion.name AS name,
  occasion.kind AS kind,
  occasion.date AS on,
  coalesce(occasion.recurs, true) AS recurs,
  coalesce(occasion.lead_days, 0) AS lead_days,
  client.id AS client_id,
  person.id AS person_id,
  person.name AS person_name,
  person.status AS status,
  interest.name AS interest,
  COLLECT {
    MATCH (person)-[tie:COVERED_BY]->(employee:Employee)
      WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
    RETURN {id: employee.id, name: employee.name, sensitivity: tie.sensitivity} ORDER BY employee.name
  } AS covered_by
ORDER BY id, client_id, person_id
