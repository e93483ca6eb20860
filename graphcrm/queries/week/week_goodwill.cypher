// The goodwill actions for people of the given clients that are planned between two days (the last not included) and not done; those that wait for approval whatever their day.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
MATCH (client)<-[job:WORKS_AT]-(person:Person)<-[:TARGETS]-(action:GoodwillAction)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  AND (
    action.status = 'needs_approval'
    OR action.status IN ['idea', 'planned', 'approved', 'prepared'] AND action.date >= $since AND action.date < $until
  )
RETURN DISTINCT
  action.id AS id,
  action.kind AS kind,
  action.status AS status,
  coalesce(
    head(COLLECT { MATCH (action)-[:USES]->(gift:Offering) RETURN gift.name ORDER BY gift.id }), action.description
  ) AS what,
  coalesce(action.date, $as_of) AS due,
  client.id AS client_id,
  client.name AS client_name,
  person.id AS person_id,
  person.name AS person_name,
  COLLECT { MATCH (action)-[:DONE_BY]->(employee:Person) RETURN employee.id } AS owner_ids
ORDER BY due, id
