// Some clients with what decides which days concern them: country, part of the country, industry, city, time zone.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
OPTIONAL MATCH (client)-[:IN_REGION]->(region:Region)
WITH client, head(collect(region)) AS region
RETURN
  client.id AS id,
  client.name AS name,
  coalesce(client.country, region.country) AS country,
  region.subdivision AS subdivision,
  client.industry AS industry,
  coalesce(client.time_zone, region.time_zone) AS time_zone,
  client.city AS city
ORDER BY name, id
