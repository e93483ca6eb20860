// The migrations that this database has seen, finished or not.
MATCH (m:Migration)
RETURN m.name AS name, m.checksum AS checksum, m.statements AS statements, m.done AS done
ORDER BY name
