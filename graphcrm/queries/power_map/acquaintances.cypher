// Who of some people know each other, as of a day: each tie once.
UNWIND $person_ids AS person_id
MATCH (person:Person {id: person_id})-[tie:KNOWS]->(other:Person)
WHERE other.id IN $person_ids AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
RETURN
  tie.id AS id,
  person.id AS source_id,
  other.id AS target_id,
  tie.strength AS strength,
  tie.sensitivity AS sensitivity
ORDER BY id
LIMIT $most
