// Ids that begin like one that nobody has, to suggest the nearest.
MATCH (n:Entity)
WHERE n.id STARTS WITH $beginning
RETURN n.id AS id
LIMIT $most
