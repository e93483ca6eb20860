// When business with each client began: the first deal won, and the first purchase, up to a day (C3.7).
MATCH (client:Client)
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
