// Writes ties, in groups that share their type and moments, between nodes that are named by Neo4j's own ids.
UNWIND $groups AS group
UNWIND group.rows AS row
MATCH (a) WHERE elementId(a) = row[0]
MATCH (b) WHERE elementId(b) = row[1]
CREATE (a)-[r:$(group.type)]->(b)
SET r = row[2]
SET r += group.moments
RETURN count(r) AS written
