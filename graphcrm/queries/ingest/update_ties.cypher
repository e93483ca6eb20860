// Changes properties of ties. A tie that holds all of it already keeps its version, so a batch may be sent again.
MERGE (gate:Command {key: 'import'})
SET gate._lock = true
WITH gate
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
MATCH (a)-[found*1..1]->(b)
WHERE found[0].id = row.id
WITH a, b, row, found[0] AS r
SET r._lock = true
WITH a, b, row, r,
     any(name IN keys(row.properties)
         WHERE coalesce(r[name] <> row.properties[name], (r[name] IS NULL) <> (row.properties[name] IS NULL)))
     AS differs
FOREACH (_ IN CASE WHEN differs THEN [1] ELSE [] END |
  SET r += row.properties, r.version = coalesce(r.version, 0) + 1)
FOREACH (_ IN CASE WHEN $marks THEN [1] ELSE [] END | SET a:LabelsDue, b:LabelsDue)
REMOVE r._lock
RETURN sum(CASE WHEN differs THEN 1 ELSE 0 END) AS written
