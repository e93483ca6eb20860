// Everybody who works at some organisations on a day: a limit for a firm counts what all of them are given.
MATCH (firm:Organization)<-[job:WORKS_AT]-(person:Person)
WHERE firm.id IN $organization_ids
  AND coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
RETURN DISTINCT firm.id AS organization_id, person.id AS person_id
ORDER BY organization_id, person_id
