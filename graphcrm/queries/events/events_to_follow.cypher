// Guests who came to an event between two days and with whom nobody has spoken since, as of the last of them.
MATCH (event:Event)
WHERE event.date >= $since AND event.date <= $as_of
MATCH (event)<-[tie:INVITED_TO {attended: true}]-(person:Person)
WHERE NOT person:Employee
  AND NOT EXISTS {
    MATCH (person)<-[:WITH]-(contact:Interaction) WHERE contact.date > event.date AND contact.date <= $as_of
  }
RETURN
  tie.id AS tie_id,
  event.id AS event_id,
  event.name AS event_name,
  event.date AS on,
  person.id AS person_id,
  person.name AS person_name,
  person:FamilyMember AS is_family,
  tie.sensitivity AS sensitivity,
  head(COLLECT {
    MATCH (person)-[job:WORKS_AT]->(firm:Organization)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
    RETURN {id: firm.id, name: firm.name, client: firm:Client} ORDER BY firm:Client DESC, firm.id
  }) AS firm,
  COLLECT {
    MATCH (person)-[cover:COVERED_BY]->(employee:Person)
    WHERE coalesce(cover.valid_from <= $as_of, true) AND coalesce(cover.valid_to > $as_of, true)
    RETURN {id: employee.id, name: employee.name, sensitivity: cover.sensitivity} ORDER BY employee.name
  } AS covered_by
ORDER BY on, person_name, tie_id
