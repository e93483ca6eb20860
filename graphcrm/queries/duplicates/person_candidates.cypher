// People known by name, page by page, with what tells whether two records are one person's.
MATCH (p:Person)
WHERE p.id > $after AND coalesce(p.presence, 'known') = 'known'
WITH p ORDER BY p.id LIMIT $most
RETURN
  p.id AS id,
  [name IN [p.name, p.latin_name] WHERE name IS NOT NULL] + coalesce(p.other_names, []) AS names,
  p.family_name AS family,
  p.given_name AS given,
  p.patronymic AS second,
  p.gender AS sex,
  p.email AS email,
  p.phone AS phone,
  p.birth_date AS birth_date,
  p:FamilyMember AS is_family,
  COLLECT { MATCH (p)-[w:WORKS_AT]->(o:Organization) RETURN [o.id, o.name, w.sensitivity] } AS jobs,
  COLLECT { MATCH (p)-[r]-(q:Person) RETURN [q.id, type(r), r.sensitivity] } AS ties
