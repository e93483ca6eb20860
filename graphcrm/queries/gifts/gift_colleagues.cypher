// Our own people on a day: who may plan a gift, and who may agree to it.
MATCH (:OwnFirm)<-[job:WORKS_AT]-(employee:Person)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
RETURN DISTINCT employee.id AS id, employee.name AS name
ORDER BY name, id
