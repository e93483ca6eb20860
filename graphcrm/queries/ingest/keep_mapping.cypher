// Keep how the columns of headers of one shape are read.
MERGE (m:Entity {id: $id})
SET m:ImportMapping, m += $values
