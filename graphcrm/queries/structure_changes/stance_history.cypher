// Every attitude to us that the people of a client have held, with the days from and to which it held.
MATCH (client:Client {id: $client_id})
MATCH (person:Person)-[stake:STAKEHOLDER_IN]->(client)
RETURN
  stake.id AS tie_id,
  person.id AS person_id,
  coalesce(stake.support, 'unknown') AS support,
  stake.valid_from AS valid_from,
  stake.valid_to AS valid_to,
  stake.sensitivity AS sensitivity
ORDER BY person_id, valid_from, tie_id
