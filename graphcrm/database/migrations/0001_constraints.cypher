// One id for every node, whatever its kind; one node for every command; quick finding by id under the usual labels.
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;

// A user's action writes its key in its own transaction: after a cut link it tells whether the action was saved.
CREATE CONSTRAINT command_key IF NOT EXISTS FOR (c:Command) REQUIRE c.key IS UNIQUE;

CREATE INDEX organization_id IF NOT EXISTS FOR (n:Organization) ON (n.id);
CREATE INDEX client_id IF NOT EXISTS FOR (n:Client) ON (n.id);
CREATE INDEX person_id IF NOT EXISTS FOR (n:Person) ON (n.id);
CREATE INDEX employee_id IF NOT EXISTS FOR (n:Employee) ON (n.id);
CREATE INDEX unit_id IF NOT EXISTS FOR (n:Unit) ON (n.id);
CREATE INDEX deal_id IF NOT EXISTS FOR (n:Deal) ON (n.id);
