// Every node but the records of the schema and of tests, as a backup keeps it. The mark of a restore under way is none.
MATCH (n)
WHERE NOT (n:Migration OR n:MigrationLock OR n:TestDatabase OR n:LastImport) AND coalesce(n._restore, 0) >= 0
RETURN elementId(n) AS element, labels(n) AS labels, properties(n) AS properties
