// Gives nodes labels: each row tells one, and the ids of the nodes that get it.
UNWIND $rows AS row
UNWIND row.ids AS wanted
MATCH (n:Entity {id: wanted})
SET n:$(row.label)
