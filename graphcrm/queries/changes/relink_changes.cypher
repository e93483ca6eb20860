// Ties nodes that came back to the changes that concerned them.
MATCH (change:Change)
UNWIND change.entity_ids AS entity_id
WITH change, entity_id
WHERE entity_id IN $ids
MATCH (n:Entity {id: entity_id})
MERGE (change)-[tie:CHANGED {id: change.id + ':' + entity_id}]->(n)
RETURN count(tie) AS tied
