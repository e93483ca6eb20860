// Sets the mark. A second one is refused by the constraint, so a restore that came first is not disturbed.
CREATE (m:Restoring {_restore: -1, file: $file, phase: 'writing', started_at: datetime()})
