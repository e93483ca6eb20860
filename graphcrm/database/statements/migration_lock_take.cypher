// Takes or renews the right to change the schema. Written before it is read: the write waits for whoever writes now.
MERGE (l:MigrationLock {id: 'schema'})
SET l._lock = true
WITH l, (l.holder IS NULL OR l.holder = $holder OR l.until < datetime()) AS free
SET l.holder = CASE WHEN free THEN $holder ELSE l.holder END,
    l.until = CASE WHEN free THEN datetime() + duration({seconds: $seconds}) ELSE l.until END
REMOVE l._lock
RETURN free AS free
