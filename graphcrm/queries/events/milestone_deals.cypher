// The deals that were won between two days, with their clients: an occasion for an event together (C3.7).
MATCH (client:Client)<-[:FOR_CLIENT]-(deal:Deal {stage: 'won'})
WHERE deal.closed >= $since AND deal.closed <= $as_of
RETURN
  deal.id AS deal_id,
  deal.name AS name,
  deal.closed AS on,
  client.id AS client_id,
  client.name AS client_name
ORDER BY on DESC, deal_id
