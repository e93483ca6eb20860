// The deals with a client that are under way on a day, the next decision first.
MATCH (client:Client {id: $client_id})<-[:FOR_CLIENT]-(deal:Deal)
WHERE coalesce(deal.opened <= $as_of, true) AND coalesce(deal.closed > $as_of, true)
  AND NOT (deal.closed IS NULL AND deal.stage IN ['won', 'lost'])
RETURN
  deal.id AS id,
  deal.name AS name,
  deal.stage AS stage,
  deal.value AS value,
  deal.currency AS currency,
  deal.due AS due,
  deal.tender_open AS tender_open
ORDER BY due, id
