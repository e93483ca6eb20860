// The nodes of these ids with all labels and properties, as one list: what the importer compares with a file.
UNWIND $ids AS wanted
MATCH (n:Entity {id: wanted})
RETURN collect([n.id, labels(n), properties(n), n:Person AND EXISTS { (n)-[:WORKS_AT]->(:OwnFirm) }]) AS held
