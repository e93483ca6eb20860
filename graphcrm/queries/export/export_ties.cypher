// The ties that leave these nodes, with all properties, as the export writes them into files.
UNWIND $ids AS wanted
MATCH (a:Entity {id: wanted})
MATCH (a)-[r]->(b:Entity)
RETURN r.id AS id, type(r) AS type, a.id AS start_id, b.id AS end_id, properties(r) AS properties
ORDER BY start_id, type, id
