// Writes nodes with all labels and properties, and for the time being their number in the file.
UNWIND $rows AS row
CREATE (n:Restoring)
SET n:$(row.labels)
SET n = row.properties
SET n._restore = row.number
RETURN count(n) AS written
