// The clients where a person works or has a standing stake on a day.
MATCH (person:Person {id: $person_id})-[place:WORKS_AT|STAKEHOLDER_IN]->(client:Client)
WHERE coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
RETURN DISTINCT client.id AS id, client.name AS name
ORDER BY name, id
