// The ties of these types that leave the nodes of these ids.
UNWIND $start_ids AS wanted
MATCH (a:Entity {id: wanted})
MATCH (a)-[r]->(b:Entity)
WHERE type(r) IN $types
RETURN r.id AS id, type(r) AS type, a.id AS start_id, b.id AS end_id, properties(r) AS properties
