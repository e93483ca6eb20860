// Firms, page by page, with what tells whether two records are one firm's.
MATCH (o:Organization)
WHERE o.id > $after
WITH o ORDER BY o.id LIMIT $most
RETURN
  o.id AS id,
  [name IN [o.name, o.legal_name] WHERE name IS NOT NULL] + coalesce(o.other_names, []) AS names,
  o.inn AS inn,
  o.vat AS vat,
  o.registry_number AS registry_number,
  o.website AS website,
  o.country AS country,
  o.city AS city,
  COLLECT { MATCH (o)-[r]-(q:Organization) RETURN [q.id, type(r), r.sensitivity] } AS ties
