"""The only package that talks to Neo4j: the driver, graphcrm's own local server and the schema migrations."""
