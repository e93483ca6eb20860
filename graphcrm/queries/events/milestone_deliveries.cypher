// The days of all deliveries to some clients, or to all, in order, up to a day: which round number comes next (C3.7).
CALL () {
  WITH $client_ids AS wanted WHERE wanted IS NULL
  MATCH (client:Client)
  RETURN client
  UNION
  UNWIND $client_ids AS client_id
  MATCH (client:Client {id: client_id})
  RETURN client
}
MATCH (client)<-[:PURCHASED_BY]-(:Purchase)<-[:DELIVERS]-(delivery:Delivery)
WHERE delivery.date <= $as_of
WITH client, delivery ORDER BY delivery.date, delivery.id
RETURN
  client.id AS client_id,
  client.name AS client_name,
  collect(delivery.date) AS days
ORDER BY client_name, client_id
