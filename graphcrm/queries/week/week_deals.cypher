// The decisions on deals with the given clients that are due between two days (the last not included).
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})<-[:FOR_CLIENT]-(deal:Deal)
WHERE deal.due >= $since AND deal.due < $until AND deal.closed IS NULL AND NOT deal.stage IN ['won', 'lost']
RETURN
  deal.id AS id,
  deal.name AS name,
  deal.due AS due,
  client.id AS client_id,
  client.name AS client_name
ORDER BY due, id
