// The useful dates of the given clients and of the people who work there on a day (C2.4), with the days of preparation. A date is partial text.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
CALL (client) {
  MATCH (client)<-[:DATE_OF]-(occasion:UsefulDate)
  RETURN null AS person, occasion
  UNION
  MATCH (client)<-[job:WORKS_AT]-(person:Person)<-[:DATE_OF]-(occasion:UsefulDate)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  RETURN person, occasion
}
RETURN DISTINCT
  occasion.id AS id,
  occasion.name AS name,
  occasion.kind AS kind,
  occasion.date AS on,
  coalesce(occasion.recurs, true) AS recurs,
  coalesce(occasion.lead_days, 0) AS lead_days,
  client.id AS client_id,
  client.name AS client_name,
  person.id AS person_id,
  person.name AS person_name
ORDER BY id
