// Records a change with its number, and ties it to what it concerned.
MATCH (gate:Command {key: 'import'})
SET gate.number = coalesce(gate.number, 0) + 1
MERGE (command:Command {key: $key})
SET command.change_id = $change_id
MERGE (change:Entity {id: $change_id})
SET change:Change, change += $properties, change.version = 1, change.number = gate.number, change.entity_ids = $entity_ids
WITH change
UNWIND $entity_ids AS entity_id
MATCH (n:Entity {id: entity_id})
MERGE (change)-[tie:CHANGED {id: $change_id + ':' + entity_id}]->(n)
RETURN count(tie) AS recorded
