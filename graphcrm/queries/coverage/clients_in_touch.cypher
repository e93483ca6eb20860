// The clients where one of ours covers somebody or had a contact in the days up to a day.
MATCH (employee:Person {id: $employee_id})
CALL (employee) {
  MATCH (employee)<-[tie:COVERED_BY]-(person:Person)
    WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
  RETURN person
  UNION
  MATCH (employee)<-[:CONDUCTED_BY]-(contact:Interaction)-[:WITH]->(person:Person)
    WHERE contact.date <= $as_of AND contact.date > $as_of - duration({days: $days})
  RETURN person
}
MATCH (person)-[place:WORKS_AT|STAKEHOLDER_IN]->(client:Client)
  WHERE coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
RETURN DISTINCT client.id AS client_id
ORDER BY client_id
