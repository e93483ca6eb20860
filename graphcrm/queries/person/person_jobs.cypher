// Where a person works and worked, up to a day: the present jobs first, then the past ones, the latest first.
MATCH (person:Person {id: $person_id})-[job:WORKS_AT]->(firm:Organization)
WHERE coalesce(job.valid_from <= $as_of, true)
OPTIONAL MATCH (source:Source {id: job.source})
RETURN
  job.id AS id,
  firm.id AS organization_id,
  firm.name AS organization_name,
  firm:Client AS at_client,
  firm:OwnFirm AS at_own_firm,
  job.title AS title,
  job.level AS level,
  coalesce(job.since, toString(job.valid_from)) AS since,
  coalesce(toString(job.valid_to), job.until) AS until,
  coalesce(job.valid_to > $as_of, true) AS current,
  job.confidence AS confidence,
  source.name AS source,
  coalesce(job.last_verified_at, source.date) AS last_verified,
  job.sensitivity AS sensitivity
ORDER BY current DESC, since DESC, id
