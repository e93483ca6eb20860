// The days of all deliveries to each client, in order, up to a day: which round number comes next (C3.7).
MATCH (client:Client)<-[:PURCHASED_BY]-(:Purchase)<-[:DELIVERS]-(delivery:Delivery)
WHERE delivery.date <= $as_of
WITH client, delivery ORDER BY delivery.date, delivery.id
RETURN
  client.id AS client_id,
  client.name AS client_name,
  collect(delivery.date) AS days
ORDER BY client_name, client_id
