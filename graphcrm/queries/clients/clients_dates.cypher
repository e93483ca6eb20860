// The useful dates of the given clients and of the people who work there on a day (C2.4), in parallel lists. A date is partial text, to be placed in the year by the caller.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
CALL (client) {
  MATCH (client)<-[:DATE_OF]-(occasion:UsefulDate)
  RETURN occasion, false AS of_person
  UNION
  MATCH (client)<-[job:WORKS_AT]-(:Person)<-[:DATE_OF]-(occasion:UsefulDate)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  RETURN occasion, true AS of_person
}
WITH client, occasion, of_person ORDER BY occasion.id
RETURN
  client.id AS client_id,
  collect(occasion.kind) AS kinds,
  collect(occasion.date) AS on,
  collect(coalesce(occasion.recurs, true)) AS recur,
  collect(of_person) AS of_people
