// How much is in the graph; both counts come from the store's own statistics.
CALL () { MATCH (n) RETURN count(n) AS nodes }
CALL () { MATCH ()-[r]->() RETURN count(r) AS ties }
RETURN nodes AS nodes, ties AS ties
