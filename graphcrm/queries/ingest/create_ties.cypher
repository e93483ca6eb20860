// Makes ties of one type of which none is there, recorded at a moment unless a row tells another.
UNWIND $rows AS row
MATCH (a:Entity {id: row.start})
CALL (row) {
  MATCH (b:Entity {id: row.end})
  RETURN b
}
CREATE (a)-[r:$($type) {id: row.id, version: 1, recorded_at: $recorded_at}]->(b)
SET r += row.properties
RETURN count(r) AS written
