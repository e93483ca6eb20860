// Makes nodes of ids that nothing has. Should one be taken after all, the constraint refuses the whole batch.
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties, n.id = row.id, n.version = 1
RETURN count(n) AS written
