// Takes ties away by id and ends.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
CALL (row) {
  MATCH (b:Entity {id: row.end})
  RETURN b
}
WITH a, b,
     CASE WHEN COUNT { (a)-->() } <= COUNT { (b)<--() }
          THEN COLLECT { MATCH (a)-[old*1..1]->(b) WHERE old[0].id = row.id RETURN old[0] }
          ELSE COLLECT { MATCH (b)<-[old*1..1]-(a) WHERE old[0].id = row.id RETURN old[0] } END AS found
UNWIND found AS r
FOREACH (one IN [a, b][..$marks] | SET one:LabelsDue)
DELETE r
RETURN count(r) AS written
