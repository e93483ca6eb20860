// The clients whose name, or the name of somebody there on a day, has words that begin as given: the 50 best matches, those by their own name first, of some industries, countries and stages (an empty list means all).
CALL () {
  CALL db.index.fulltext.queryNodes('organization_names', $words, {limit: 500}) YIELD node
  WITH node WHERE node:Client
  RETURN node AS client
  UNION ALL
  CALL db.index.fulltext.queryNodes('person_names', $words, {limit: 500}) YIELD node
  MATCH (node)-[job:WORKS_AT|STAKEHOLDER_IN]->(client:Client)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  RETURN client
}
WITH DISTINCT client
WHERE (size($industries) = 0 OR client.industry IN $industries)
  AND (size($countries) = 0 OR client.country IN $countries)
  AND (size($stages) = 0 OR client.stage IN $stages)
WITH client
// Hits come one by one, the best first: what sorted before this would take them all.
LIMIT 50
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
