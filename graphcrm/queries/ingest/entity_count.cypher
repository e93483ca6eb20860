// How many nodes there are of those that files can name, by the store's own statistics.
MATCH (n:Entity)
RETURN count(n) AS entities
