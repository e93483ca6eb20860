// Takes away nodes that have no tie but those of their changes; the ids of those that went.
UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})
WHERE NOT EXISTS { (n)-[r]-() WHERE type(r) <> 'CHANGED' }
CALL (n) { MATCH (n)<-[c:CHANGED]-() DELETE c }
WITH n, wanted
DELETE n
RETURN wanted AS id
