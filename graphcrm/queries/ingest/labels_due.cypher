// How many nodes wait for their secondary labels, by the store's own statistics.
MATCH (n:LabelsDue)
RETURN count(n) AS due
