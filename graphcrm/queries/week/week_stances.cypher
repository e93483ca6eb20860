// The people of the given clients whose standing role and attitude nobody has verified since a day, or ever.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})<-[stake:STAKEHOLDER_IN]-(person:Person)
WHERE coalesce(stake.valid_from <= $as_of, true) AND coalesce(stake.valid_to > $as_of, true)
OPTIONAL MATCH (source:Source {id: stake.source})
WITH client, stake, person, coalesce(stake.last_verified_at, source.date) AS verified
WHERE coalesce(verified < $since, true)
RETURN
  stake.id AS tie_id,
  client.id AS client_id,
  client.name AS client_name,
  person.id AS person_id,
  person.name AS person_name,
  verified AS verified,
  stake.sensitivity AS sensitivity
ORDER BY verified, person_name, tie_id
