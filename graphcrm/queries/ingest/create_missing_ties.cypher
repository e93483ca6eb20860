// Makes ties as create_ties does, but leaves those as they are whose id is there already between the same two nodes.
// A tie is looked for from the end with fewer ties, by a pattern of length 1..1: docs/decisions/importing.md tells why and
// what it costs.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
CALL (row) {
  MATCH (b:Entity {id: row.end})
  RETURN b
}
WITH a, b, row
WHERE NOT CASE WHEN COUNT { (a)-->() } <= COUNT { (b)<--() }
               THEN EXISTS { (a)-[old*1..1]->(b) WHERE old[0].id = row.id }
               ELSE EXISTS { (b)<-[old*1..1]-(a) WHERE old[0].id = row.id } END
CREATE (a)-[r:$($type) {id: row.id, version: 1, recorded_at: $recorded_at}]->(b)
SET r += row.properties
RETURN count(r) AS written
