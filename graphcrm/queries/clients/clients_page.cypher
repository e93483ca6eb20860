// The next clients by name after a given one (name and id), of some industries, countries and stages (an empty list means all), with industry, place and stage (A1.2, A1.4).
MATCH (client:Client)
USING INDEX client:Client(name)
WHERE client.name >= $after_client[0] AND CASE client.name WHEN $after_client[0] THEN client.id > $after_client[1] ELSE true END
  AND (size($industries) = 0 OR client.industry IN $industries)
  AND (size($countries) = 0 OR client.country IN $countries)
  AND (size($stages) = 0 OR client.stage IN $stages)
WITH client ORDER BY client.name, client.id
LIMIT $most
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
