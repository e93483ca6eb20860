// The goodwill actions for the people of a client between two days (the last not included), done or planned, with what they cost and who of ours does them.
MATCH (client:Client {id: $client_id})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)<-[:TARGETS]-(action:GoodwillAction)
WHERE action.date >= $since AND action.date < $until
  AND NOT action.status IN ['refused', 'declined', 'returned', 'cancelled']
RETURN DISTINCT
  action.id AS id,
  person.id AS person_id,
  action.date AS on,
  action.status = 'done' AS done,
  action.kind AS kind,
  action.status AS status,
  action.cost AS cost,
  action.currency AS currency,
  coalesce(
    head(COLLECT { MATCH (action)-[:USES]->(gift:Offering) RETURN gift.name ORDER BY gift.id }), action.description
  ) AS what,
  head(COLLECT { MATCH (action)-[:DONE_BY]->(employee:Person) RETURN employee.name ORDER BY employee.id }) AS employee
ORDER BY on, id
