// Takes the label away from some of the restored nodes, and the number that they had of an older graphcrm; the mark stays.
MATCH (n:Restoring)
WHERE coalesce(n._restore, 0) >= 0
WITH n LIMIT $most
REMOVE n:Restoring, n._restore
RETURN count(n) AS settled
