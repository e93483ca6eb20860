// Our own people as of a day: where a chain of introductions may begin.
MATCH (:OwnFirm)<-[job:WORKS_AT]-(employee:Person)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
RETURN DISTINCT employee.id AS id, employee.name AS name
ORDER BY id
