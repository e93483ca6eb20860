// Writes nodes with all labels and properties, and for the time being their number in the file.
UNWIND $rows AS row
CREATE (n:Restoring)
SET n:$(row.labels)
SET n = row.properties
SET n._restore = row.number
FOREACH (one IN row.moments | SET n[one[0]] = $moments[one[1]])
RETURN count(n) AS written
