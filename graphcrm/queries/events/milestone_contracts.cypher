// When business with each client began: the first deal won, and the first purchase, up to a day (C3.7): of some clients, or of all.
CALL () {
  WITH $client_ids AS wanted WHERE wanted IS NULL
  MATCH (client:Client)
  RETURN client
  UNION
  UNWIND $client_ids AS client_id
  MATCH (client:Client {id: client_id})
  RETURN client
}
RETURN
  client.id AS client_id,
  client.name AS client_name,
  head(COLLECT {
    MATCH (client)<-[:FOR_CLIENT]-(deal:Deal {stage: 'won'}) WHERE deal.closed <= $as_of
    RETURN deal.closed ORDER BY deal.closed
  }) AS first_deal,
  head(COLLECT {
    MATCH (client)<-[:PURCHASED_BY]-(purchase:Purchase) WHERE purchase.date <= $as_of
    RETURN purchase.date ORDER BY purchase.date
  }) AS first_purchase
ORDER BY client_name, client_id
