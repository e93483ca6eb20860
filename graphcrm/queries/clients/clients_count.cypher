// How many clients there are, kept by Neo4j itself: no client is looked at.
MATCH (client:Client)
RETURN count(client) AS clients
