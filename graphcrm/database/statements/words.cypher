// Makes words known to the database, and nothing else: what uses them is gone before it was there.
CREATE (n:$($labels))
SET n = $properties
WITH n
UNWIND $types AS type
CREATE (n)-[:$(type)]->(n)
WITH DISTINCT n
DETACH DELETE n
