// Writes nodes with all labels and properties, in groups that share labels and moments; tells where each number is now.
UNWIND $groups AS group
UNWIND group.rows AS row
CREATE (n:$(group.labels))
SET n = row[1]
SET n += group.moments
RETURN collect([row[0], elementId(n)]) AS written
