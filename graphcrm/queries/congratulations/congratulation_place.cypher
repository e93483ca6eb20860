// Where our own firm is, for telling what time it is elsewhere.
MATCH (own:OwnFirm)
OPTIONAL MATCH (own)-[:IN_REGION]->(region:Region)
RETURN
  own.id AS id,
  coalesce(own.time_zone, region.time_zone) AS time_zone,
  coalesce(own.country, region.country) AS country
ORDER BY id
LIMIT 1
