// All records of a small kind by name: sources, our employees.
MATCH (n:Entity&$($label))
RETURN n.id AS id, coalesce(n.name, n.title, n.id) AS name, labels(n) AS labels, null AS note
ORDER BY name, id
LIMIT $most
