// The attitude of the given people to us at the client where they have a standing stake as of a day.
UNWIND $person_ids AS wanted
MATCH (person:Person {id: wanted})
MATCH (person)-[stake:STAKEHOLDER_IN]->(client:Client)
WHERE coalesce(stake.valid_from <= $as_of, true) AND coalesce(stake.valid_to > $as_of, true)
RETURN DISTINCT
  person.id AS person_id,
  client.id AS client_id,
  stake.support AS support,
  stake.sensitivity AS sensitivity
ORDER BY person_id, client_id
