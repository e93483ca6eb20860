// Every client with its industry, place and stage (A1.2, A1.4).
MATCH (client:Client)
RETURN
  client.id AS id,
  client.name AS name,
  client.legal_name AS legal_name,
  client.industry AS industry,
  client.country AS country,
  client.city AS city,
  head(COLLECT { MATCH (client)-[:IN_REGION]->(region:Region) RETURN region.name ORDER BY region.name }) AS region,
  client.stage AS stage
ORDER BY name, id
