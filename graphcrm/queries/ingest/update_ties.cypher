// Changes properties of ties. A tie that holds all of it already keeps its version, so a batch may be sent again.
MERGE (gate:Command {key: 'import'})
SET gate._lock = true
REMOVE gate._lock
WITH gate
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
CALL (row) {
  MATCH (b:Entity {id: row.end})
  RETURN b
}
WITH a, b, row,
     CASE WHEN COUNT { (a)-->() } <= COUNT { (b)<--() }
          THEN COLLECT { MATCH (a)-[old*1..1]->(b) WHERE old[0].id = row.id RETURN old[0] }
          ELSE COLLECT { MATCH (b)<-[old*1..1]-(a) WHERE old[0].id = row.id RETURN old[0] } END AS found
UNWIND found AS r
SET r._lock = true
WITH a, b, row, r,
     any(name IN keys(row.properties)
         WHERE coalesce(r[name] <> row.properties[name], (r[name] IS NULL) <> (row.properties[name] IS NULL)))
     AS differs
FOREACH (_ IN CASE WHEN differs THEN [1] ELSE [] END |
  SET r += row.properties, r.version = coalesce(r.version, 0) + 1)
FOREACH (one IN [a, b][..$marks] | SET one:LabelsDue)
REMOVE r._lock
RETURN sum(CASE WHEN differs THEN 1 ELSE 0 END) AS written
