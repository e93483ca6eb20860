// Gives the right to change the schema back.
MATCH (l:MigrationLock {id: 'schema', holder: $holder})
REMOVE l.holder, l.until
