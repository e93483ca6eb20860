// Deletes some of what a broken-off restore had written; the mark stays.
MATCH (n:Restoring)
WHERE coalesce(n._restore, 0) >= 0
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS gone
