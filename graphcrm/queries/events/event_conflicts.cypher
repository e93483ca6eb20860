// Which of the given people are at odds with each other as of a day.
UNWIND $person_ids AS wanted
MATCH (person:Person {id: wanted})
MATCH (person)-[tie:CONFLICTS_WITH]->(other:Person)
WHERE other.id IN $person_ids
  AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
RETURN DISTINCT
  tie.id AS tie_id,
  person.id AS one_id,
  other.id AS other_id,
  tie.sensitivity AS sensitivity
ORDER BY tie_id
