// Makes ties of one type; those whose id is there already between the same two nodes are left as they are.
// The gate lets one batch of ties be written at a time, so that two imports cannot make one tie twice. The pattern of
// variable length 1..1 is looked for between the two nodes on every plan (docs/decisions tells why and what it costs).
MERGE (gate:Command {key: 'import'})
SET gate._lock = true
WITH gate
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
MATCH (b:Entity {id: row.end})
WITH a, b, row
WHERE NOT EXISTS { (a)-[old*1..1]->(b) WHERE old[0].id = row.id }
CREATE (a)-[r:$($type) {id: row.id, version: 1}]->(b)
SET r += row.properties
FOREACH (_ IN CASE WHEN $marks THEN [1] ELSE [] END | SET a:LabelsDue, b:LabelsDue)
RETURN count(r) AS written
