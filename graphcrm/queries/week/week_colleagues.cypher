// Our own people who work for us on a day, by name: whose week can be looked at.
MATCH (employee:Employee)-[job:WORKS_AT]->(:OwnFirm)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
RETURN DISTINCT employee.id AS id, employee.name AS name
ORDER BY name, id
