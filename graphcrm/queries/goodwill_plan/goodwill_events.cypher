// Our own events between two days (the last not included) to which people of a client could be invited, with who is on the list already. Those together with another client are left out.
MATCH (event:Event)
WHERE event.date >= $since AND event.date < $until
  AND NOT EXISTS { MATCH (event)-[:FOR_CLIENT]->(other:Client) WHERE other.id <> $client_id }
RETURN
  event.id AS id,
  event.name AS name,
  event.kind AS kind,
  event.date AS on,
  event.seats AS seats,
  event.cost_per_guest AS cost,
  event.currency AS currency,
  COLLECT { MATCH (event)<-[:INVITED_TO]-(person:Person) RETURN DISTINCT person.id } AS guest_ids,
  COUNT {
    MATCH (event)<-[tie:INVITED_TO]-(:Person) WHERE coalesce(tie.rsvp, 'invited') IN ['chosen', 'invited', 'accepted']
  } AS held
ORDER BY on, id
