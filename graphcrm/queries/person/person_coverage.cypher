// Who of ours covers a person on a day, and, for one of ours, whom they cover.
MATCH (person:Person {id: $person_id})-[tie:COVERED_BY]-(other:Person)
WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
RETURN
  tie.id AS id,
  startNode(tie) = person AS outgoing,
  other.id AS other_id,
  other.name AS other_name,
  coalesce(tie.coverage, 'unknown') AS coverage,
  tie.level_now AS level_now,
  tie.level_wanted AS level_wanted,
  tie.strength AS strength,
  CASE WHEN tie.last_contact <= $as_of THEN tie.last_contact END AS last_contact,
  tie.sensitivity AS sensitivity
ORDER BY strength DESC, other_name, id
