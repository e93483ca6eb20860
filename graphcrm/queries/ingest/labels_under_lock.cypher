// The labels of nodes, which nobody can change before the transaction ends.
UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})
SET n._lock = true
REMOVE n._lock
RETURN collect([n.id, labels(n)]) AS held
