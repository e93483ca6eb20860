// The ties of a record, of the types that a form can change, with the far ends' names.
MATCH (n:Entity {id: $entity_id})-[r]-(other:Entity)
WHERE type(r) IN $types
RETURN r.id AS id, type(r) AS type, startNode(r).id AS start_id, endNode(r).id AS end_id,
       other.id AS other_id, coalesce(other.name, other.title, other.id) AS other_name, properties(r) AS properties
ORDER BY type, other_name, id
LIMIT $most
