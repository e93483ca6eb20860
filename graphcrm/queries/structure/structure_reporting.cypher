// Who reports to whom among the people of a client, as of a day.
MATCH (client:Client {id: $client_id})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)-[line:REPORTS_TO]->(boss:Person)
  WHERE coalesce(line.valid_from <= $as_of, true) AND coalesce(line.valid_to > $as_of, true)
    AND EXISTS { (boss)-[:WORKS_AT|STAKEHOLDER_IN]->(client) }
RETURN DISTINCT
  line.id AS id,
  person.id AS person_id,
  boss.id AS boss_id,
  coalesce(line.line, 'solid') AS line,
  line.confidence AS confidence,
  line.sensitivity AS sensitivity
ORDER BY id
