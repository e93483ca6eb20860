// The restore that is under way or was broken off.
MATCH (m:Restoring {_restore: -1})
RETURN m.file AS file, m.phase AS phase, m.started_at AS started_at
