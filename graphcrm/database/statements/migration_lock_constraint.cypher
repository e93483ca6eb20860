// Only one lock can exist, so that two processes cannot each make their own.
CREATE CONSTRAINT migration_lock_id IF NOT EXISTS FOR (l:MigrationLock) REQUIRE l.id IS UNIQUE
