// Takes the mark of the restore away.
MATCH (m:Restoring {_restore: -1})
DELETE m
