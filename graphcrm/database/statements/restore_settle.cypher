// Takes label and number away from some of the restored nodes; the mark of the restore stays.
MATCH (n:Restoring)
WHERE n._restore >= 0
WITH n LIMIT $most
REMOVE n:Restoring, n._restore
RETURN count(n) AS settled
