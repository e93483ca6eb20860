// The deals that were won between two days, with their clients (some of them, or all), the latest first: an occasion for an event together (C3.7).
CALL () {
  WITH $client_ids AS wanted WHERE wanted IS NULL
  MATCH (deal:Deal)-[:FOR_CLIENT]->(client:Client)
  USING INDEX deal:Deal(closed)
  WHERE deal.closed >= $since AND deal.closed <= $as_of AND deal.stage = 'won'
  RETURN deal, client
  ORDER BY deal.closed DESC
  LIMIT $most
  UNION
  UNWIND $client_ids AS client_id
  MATCH (client:Client {id: client_id})<-[:FOR_CLIENT]-(deal:Deal {stage: 'won'})
  WHERE deal.closed >= $since AND deal.closed <= $as_of
  RETURN deal, client
}
RETURN
  deal.id AS deal_id,
  deal.name AS name,
  deal.closed AS on,
  client.id AS client_id,
  client.name AS client_name
ORDER BY on DESC, deal_id
LIMIT $most
