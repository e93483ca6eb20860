// The nodes of these ids, with all labels and properties, as the importer compares them with a file.
UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})
RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties,
       n:Person AND EXISTS { (n)-[:WORKS_AT]->(:OwnFirm) } AS served_us
