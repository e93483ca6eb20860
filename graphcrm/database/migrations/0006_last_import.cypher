// What the last import has brought is looked for by the place of the database's log at which it was kept.
CREATE INDEX last_import_position IF NOT EXISTS FOR (n:LastImport) ON (n.position);
