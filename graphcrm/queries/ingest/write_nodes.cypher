// Makes or changes nodes. A node that holds all of it already keeps its version, so a batch may be sent again.
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n._lock = true
WITH n, row,
     n.version IS NULL
     OR any(label IN row.labels WHERE NOT label IN labels(n))
     OR any(label IN row.drop WHERE label IN labels(n))
     OR any(name IN keys(row.properties)
            WHERE coalesce(n[name] <> row.properties[name], (n[name] IS NULL) <> (row.properties[name] IS NULL)))
     AS differs
FOREACH (_ IN CASE WHEN differs THEN [1] ELSE [] END |
  SET n:$(row.labels), n += row.properties, n.version = coalesce(n.version, 0) + 1
  REMOVE n:$(row.drop))
REMOVE n._lock
RETURN sum(CASE WHEN differs THEN 1 ELSE 0 END) AS written
