// A deal with a client, open or not.
MATCH (deal:Deal {id: $deal_id})-[:FOR_CLIENT]->(client:Client {id: $client_id})
RETURN deal.id AS id, deal.name AS name
LIMIT 1
