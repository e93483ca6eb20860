// Who reports to whom at the given clients as of a day, in parallel lists.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)-[line:REPORTS_TO]->(boss:Person)
  WHERE coalesce(line.valid_from <= $as_of, true) AND coalesce(line.valid_to > $as_of, true)
    AND EXISTS { (boss)-[:WORKS_AT|STAKEHOLDER_IN]->(client) }
WITH DISTINCT client, person, line, boss
ORDER BY line.id
WITH client, collect(line) AS found, collect(person.id) AS person_ids, collect(boss.id) AS boss_ids
RETURN
  client.id AS client_id,
  [line IN found | line.id] AS ids,
  person_ids AS person_ids,
  boss_ids AS boss_ids,
  [line IN found | line.line] AS lines,
  [line IN found | line.sensitivity] AS sensitivities
