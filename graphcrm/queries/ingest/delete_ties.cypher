// Takes ties away by id and ends.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
MATCH (a)-[found*1..1]->(b)
WHERE found[0].id = row.id
WITH a, b, found[0] AS r
FOREACH (_ IN CASE WHEN $marks THEN [1] ELSE [] END | SET a:LabelsDue, b:LabelsDue)
DELETE r
RETURN count(r) AS written
