// The useful dates of a client and of the people who work there on a day. A date is partial text, to be placed in the year by the caller.
MATCH (client:Client {id: $client_id})
CALL (client) {
  MATCH (client)<-[:DATE_OF]-(occasion:UsefulDate)
  RETURN client AS subject, occasion
  UNION
  MATCH (client)<-[job:WORKS_AT]-(subject:Person)<-[:DATE_OF]-(occasion:UsefulDate)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  RETURN subject, occasion
}
RETURN DISTINCT
  occasion.id AS id,
  occasion.name AS name,
  occasion.kind AS kind,
  occasion.date AS on,
  coalesce(occasion.recurs, true) AS recurs,
  subject.id AS subject_id,
  subject.name AS subject_name,
  CASE WHEN subject:Person THEN 'person' ELSE 'client' END AS subject_kind
ORDER BY id
