// The standing facts of a client (A1): name, industry, place, stage, its own figures for its market.
MATCH (client:Client {id: $client_id})
OPTIONAL MATCH (client)-[:IN_REGION]->(region:Region)
RETURN
  client.id AS id,
  client.name AS name,
  client.legal_name AS legal_name,
  client.industry AS industry,
  client.stage AS stage,
  client.country AS country,
  client.city AS city,
  region.name AS region,
  client.market_share AS market_share,
  client.industry_rank AS industry_rank,
  client.employees AS employees,
  client.description AS description
LIMIT 1
