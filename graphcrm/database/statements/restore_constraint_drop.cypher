// Not needed between restores.
DROP CONSTRAINT restoring_number IF EXISTS
