// Writes ties between nodes that are found by their numbers in the file.
UNWIND $rows AS row
MATCH (a:Restoring {_restore: row.start})
MATCH (b:Restoring {_restore: row.end})
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
FOREACH (one IN row.moments | SET r[one[0]] = $moments[one[1]])
RETURN count(r) AS written
