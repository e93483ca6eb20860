// The ties of this type and these ids, wherever they are: for ties whose ends a file changes. Scans the type.
MATCH (a:Entity)-[r:$($type)]->(b:Entity)
WHERE r.id IN $ids
RETURN r.id AS id, type(r) AS type, a.id AS start_id, b.id AS end_id, properties(r) AS properties
