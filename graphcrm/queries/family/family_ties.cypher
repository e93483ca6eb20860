// The family ties that some people have on a day, from either end, with who said so, why it is kept and when it is to be reviewed.
MATCH (person:Person)-[tie:SPOUSE_OF|PARENT_OF|SIBLING_OF|GUARDIAN_OF]-(:Person)
WHERE person.id IN $person_ids AND coalesce(tie.valid_from <= $as_of, true)
WITH DISTINCT tie
OPTIONAL MATCH (source:Source {id: tie.source})
RETURN
  tie.id AS id,
  type(tie) AS type,
  startNode(tie).id AS start_id,
  endNode(tie).id AS end_id,
  tie.since AS since,
  tie.until AS until,
  tie.valid_to AS valid_to,
  tie.confidence AS confidence,
  source.name AS source,
  coalesce(tie.last_verified_at, source.date, date(tie.recorded_at)) AS last_verified,
  tie.kept_for AS kept_for,
  tie.review_on AS review_on,
  tie.sensitivity AS sensitivity,
  tie.use AS use
ORDER BY type, id
