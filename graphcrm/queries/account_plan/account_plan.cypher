// The account plan of a client that is in force on a day: the newest that has begun and is not closed.
MATCH (client:Client {id: $client_id})<-[:FOR_CLIENT]-(plan:AccountPlan)
WHERE coalesce(plan.begun <= $as_of, true) AND coalesce(plan.closed > $as_of, true)
WITH plan ORDER BY plan.begun DESC, plan.id LIMIT 1
OPTIONAL MATCH (plan)-[:DONE_BY]->(owner:Person)
RETURN
  plan.id AS id,
  plan.name AS goal,
  plan.description AS description,
  plan.begun AS begun,
  plan.due AS due,
  plan.value AS value,
  plan.currency AS currency,
  plan.share_now AS share_now,
  plan.share_wanted AS share_wanted,
  owner.id AS owner_id,
  owner.name AS owner
