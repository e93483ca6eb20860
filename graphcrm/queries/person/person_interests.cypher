// What a person cares for outside work, the strongest first.
MATCH (person:Person {id: $person_id})-[tie:INTERESTED_IN]->(interest:Interest)
RETURN
  tie.id AS id,
  interest.id AS interest_id,
  interest.name AS name,
  interest.name_ru AS name_ru,
  tie.strength AS strength,
  tie.sensitivity AS sensitivity,
  tie.use AS use
ORDER BY strength DESC, name, id
