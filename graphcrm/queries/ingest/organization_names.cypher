// Organisations, page by page, with every name under which they are recorded.
MATCH (o:Organization)
WHERE o.id > $after
WITH o ORDER BY o.id LIMIT $most
RETURN o.id AS id, [name IN [o.name, o.legal_name] WHERE name IS NOT NULL] + coalesce(o.other_names, []) AS names
