// The goodwill actions for the people of a client between two days (the last not included), done or planned.
MATCH (client:Client {id: $client_id})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)<-[:TARGETS]-(action:GoodwillAction)
WHERE action.date >= $since AND action.date < $until
  AND NOT action.status IN ['refused', 'declined', 'returned', 'cancelled']
RETURN DISTINCT
  action.id AS id,
  person.id AS person_id,
  action.date AS on,
  action.status = 'done' AS done
ORDER BY on, id
