// Ties between others that name one of our employees as who recorded or made them. Reads every tie: for merges only.
MATCH (a:Entity)-[r]->(b:Entity)
WHERE (r.recorded_by = $employee OR r.by = $employee) AND type(r) <> 'CHANGED'
RETURN r.id AS id, type(r) AS type, a.id AS start_id, b.id AS end_id, properties(r) AS properties
ORDER BY type, id
