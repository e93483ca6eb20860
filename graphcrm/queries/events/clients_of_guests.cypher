// The clients where some people work or have a stake on a day: by whose rules they are invited (C3.6).
UNWIND $person_ids AS wanted
MATCH (person:Person {id: wanted})-[place:WORKS_AT|STAKEHOLDER_IN]->(client:Client)
WHERE coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
RETURN DISTINCT client.id AS client_id
ORDER BY client_id
