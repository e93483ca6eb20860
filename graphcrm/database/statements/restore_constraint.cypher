// Only one restore at a time can set its mark.
CREATE CONSTRAINT restoring_number IF NOT EXISTS FOR (n:Restoring) REQUIRE n._restore IS UNIQUE
