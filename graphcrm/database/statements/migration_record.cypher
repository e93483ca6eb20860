// Notes how far a migration has come.
MERGE (m:Migration {name: $name})
SET m.checksum = $checksum, m.statements = $statements, m.done = $done,
    m.started_at = coalesce(m.started_at, datetime()),
    m.finished_at = CASE WHEN $done = $statements THEN datetime() END
