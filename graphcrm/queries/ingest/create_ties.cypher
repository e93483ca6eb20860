// Makes ties of one type, recorded at a moment unless a row tells another; those whose id is there already between the same two nodes are left as they are.
// The gate lets one batch of ties be written at a time, so that two imports cannot make one tie twice. It keeps the name of
// the last batch: if that is the first of $batches, the one that the plan knows, nobody has made ties since, and none is
// looked for. Else, and from then on, it keeps a name that nobody knows. A tie is looked for from the end with fewer ties,
// by a pattern of length 1..1: docs/decisions/importing.md tells why and what it costs.
MERGE (gate:Command {key: 'import'})
SET gate._lock = true
REMOVE gate._lock
WITH gate, coalesce(coalesce(gate.batch, '') = $batches[0], false) AS alone
SET gate.batch = CASE WHEN alone THEN $batches[1] ELSE randomUUID() END
WITH alone
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
CALL (row) {
  MATCH (b:Entity {id: row.end})
  RETURN b
}
WITH a, b, row, alone
WHERE alone OR NOT CASE WHEN COUNT { (a)-->() } <= COUNT { (b)<--() }
               THEN EXISTS { (a)-[old*1..1]->(b) WHERE old[0].id = row.id }
               ELSE EXISTS { (b)<-[old*1..1]-(a) WHERE old[0].id = row.id } END
CREATE (a)-[r:$($type) {id: row.id, version: 1, recorded_at: $recorded_at}]->(b)
SET r += row.properties
FOREACH (one IN [a, b][..$marks] | SET one:LabelsDue)
RETURN count(r) AS written
