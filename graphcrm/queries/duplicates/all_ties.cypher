// Every tie of these records but those of their history, each once: what a merge has to move.
UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})-[r]-(:Entity)
WHERE type(r) <> 'CHANGED'
WITH DISTINCT r
RETURN r.id AS id, type(r) AS type, startNode(r).id AS start_id, endNode(r).id AS end_id, properties(r) AS properties
ORDER BY type, id
