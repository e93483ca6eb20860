// Each contact of one of ours with one of theirs at the given clients in the days up to a day: kind and mood, oldest first.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
MATCH (client)<-[place:WORKS_AT|STAKEHOLDER_IN]-(person:Person)<-[:WITH]-(contact:Interaction)-[:CONDUCTED_BY]->(employee:Person)
  WHERE coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
    AND contact.date <= $as_of AND contact.date > $as_of - duration({days: $days})
RETURN DISTINCT
  client.id AS client_id,
  client.name AS client_name,
  person.id AS person_id,
  person.name AS person_name,
  person:FamilyMember AS is_family,
  employee.id AS employee_id,
  employee.name AS employee_name,
  contact.id AS contact_id,
  contact.date AS on,
  contact.kind AS kind,
  contact.mood AS mood
ORDER BY on, contact_id, client_id, person_id, employee_id
