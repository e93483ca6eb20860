// Waits until every index can be asked, at most so many seconds.
CALL db.awaitIndexes($seconds)
