// Our own people who work for us on a day, by name.
MATCH (:OwnFirm)<-[job:WORKS_AT]-(employee:Person)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
RETURN DISTINCT employee.id AS id, employee.name AS name
ORDER BY name, id
