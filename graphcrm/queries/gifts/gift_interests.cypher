// What a person is interested in on a day, with how the fact may be used.
MATCH (person:Person {id: $person_id})-[tie:INTERESTED_IN]->(interest:Interest)
WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
RETURN
  interest.name AS name,
  interest.name_ru AS name_ru,
  tie.strength AS strength,
  tie.sensitivity AS sensitivity,
  tie.use AS use
ORDER BY strength DESC, name
