// How many nodes a database holds that would be in the way of a restore; those of a restore broken off are none.
MATCH (n)
WHERE NOT (n:Migration OR n:MigrationLock OR n:TestDatabase OR n:LastImport OR n:Restoring)
RETURN count(n) AS others
