// The days between two days (the last not included) on which some of ours have a gesture of goodwill planned, at whatever client.
UNWIND $employee_ids AS wanted
MATCH (employee:Person {id: wanted})<-[:DONE_BY]-(action:GoodwillAction)
WHERE action.date >= $since AND action.date < $until
  AND action.status IN ['idea', 'planned', 'needs_approval', 'approved', 'prepared']
RETURN DISTINCT
  action.id AS id,
  employee.id AS employee_id,
  action.date AS on
ORDER BY on, id, employee_id
