// A person with all that is recorded about them as a map, and the labels that tell in which capacity we know them.
MATCH (person:Person {id: $person_id})
RETURN
  person.id AS id,
  person.name AS name,
  labels(person) AS labels,
  properties(person) AS properties
LIMIT 1
