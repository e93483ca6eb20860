// One of our own people by id, if they work for us on a day.
MATCH (employee:Entity&Person {id: $employee_id})-[job:WORKS_AT]->(:OwnFirm)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
RETURN DISTINCT employee.id AS id, employee.name AS name
