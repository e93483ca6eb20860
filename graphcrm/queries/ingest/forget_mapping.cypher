// Forget how the columns of headers of one shape are read.
MATCH (m:Entity {id: $id})
WHERE m:ImportMapping
DETACH DELETE m
