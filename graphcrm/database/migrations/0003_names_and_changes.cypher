// Whom or what a tie could lead to is found by the beginnings of the words of its name; changes by who made them.
CREATE FULLTEXT INDEX entity_names IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.latin_name, n.legal_name]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CREATE INDEX change_id IF NOT EXISTS FOR (n:Change) ON (n.id);
CREATE INDEX change_by IF NOT EXISTS FOR (n:Change) ON (n.by_id);
