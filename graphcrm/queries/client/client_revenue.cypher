// What each client bought from us between two days (the last not included), by currency: quantity times unit price. Amounts in different currencies are not added.
MATCH (purchase:Purchase)-[:PURCHASED_BY]->(client:Client)
WHERE purchase.date >= $since AND purchase.date < $until
RETURN
  client.id AS client_id,
  purchase.currency AS currency,
  sum(purchase.quantity * purchase.unit_price) AS amount,
  count(purchase) AS purchases
ORDER BY currency, amount DESC, client_id
