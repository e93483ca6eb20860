// Who works at clients (those given, or all of them) or has a stake there as of a day: whether they live and work there still, and until when.
CALL () {
  WITH $client_ids AS wanted WHERE wanted IS NULL
  MATCH (client:Client)
  RETURN client
  UNION
  UNWIND $client_ids AS client_id
  MATCH (client:Client {id: client_id})
  RETURN client
}
MATCH (client)<-[place:WORKS_AT|STAKEHOLDER_IN]-(person:Person)
WHERE coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
  AND NOT person:Employee
WITH DISTINCT client, person
RETURN
  client.id AS client_id,
  client.name AS client_name,
  person.id AS person_id,
  person.name AS person_name,
  coalesce(person.status, 'active') AS status,
  person:FamilyMember AS is_family,
  head(COLLECT {
    MATCH (person)-[job:WORKS_AT]->(client) WHERE job.valid_to > $as_of RETURN job.valid_to ORDER BY job.valid_to DESC
  }) AS leaves_on
ORDER BY client_name, client_id, person_name, person_id
