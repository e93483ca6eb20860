// A large clientele is paged by name.
CREATE INDEX client_name IF NOT EXISTS FOR (n:Client) ON (n.name);
