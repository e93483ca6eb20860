// Makes nodes of ids that nothing has. Should one be taken after all, the constraint refuses the whole batch.
UNWIND $rows AS row
CREATE (n:$(row.labels) {id: row.id, version: 1})
SET n += row.properties
RETURN count(n) AS written
