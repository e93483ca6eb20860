// The names under which nodes are shown.
UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})
RETURN n.id AS id, coalesce(n.name, n.title, n.id) AS name, labels(n) AS labels
