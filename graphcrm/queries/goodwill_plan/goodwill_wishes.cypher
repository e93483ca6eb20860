// What some people are interested in on a day, and whether they wish to be congratulated.
UNWIND $person_ids AS wanted
MATCH (person:Person {id: wanted})
RETURN
  person.id AS id,
  coalesce(person.no_congratulations, false) AS no_congratulations,
  COLLECT {
    MATCH (person)-[tie:INTERESTED_IN]->(interest:Interest)
      WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
    RETURN {name: interest.name, name_ru: interest.name_ru, sensitivity: tie.sensitivity, use: tie.use}
      ORDER BY interest.name
  } AS interests
ORDER BY id
