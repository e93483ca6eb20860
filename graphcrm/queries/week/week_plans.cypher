// The plans of the given clients with the time until which they are meant (A5.5). The horizon is partial text, to be placed in the year by the caller.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})<-[:PLAN_OF]-(plan:Plan)
WHERE plan.horizon IS NOT NULL
RETURN
  plan.id AS id,
  plan.name AS name,
  plan.horizon AS horizon,
  client.id AS client_id,
  client.name AS client_name
ORDER BY client_name, id
