// The invitations to events ahead that wait for approval, of people who work at the given clients on a day.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
MATCH (client)<-[job:WORKS_AT]-(person:Person)-[tie:INVITED_TO]->(event:Event)
WHERE tie.approval = 'needs_approval' AND tie.rsvp = 'chosen' AND coalesce(event.date >= $as_of, true)
  AND coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
RETURN DISTINCT
  tie.id AS id,
  event.id AS event_id,
  event.name AS event_name,
  event.date AS due,
  tie.sensitivity AS sensitivity,
  client.id AS client_id,
  client.name AS client_name,
  person.id AS person_id,
  person.name AS person_name
ORDER BY due, id
