// The next nodes in the order of their ids, with all labels and properties, as the export writes them into files.
MATCH (n:Entity)
WHERE n.id > $after
RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties
ORDER BY id
LIMIT $most
