// All records of a small kind by name: sources, our employees. The labels are written out so that others are not looked at.
CALL () {
  WITH $label AS wanted WHERE wanted = 'Source'
  MATCH (n:Source)
  RETURN n
  UNION ALL
  WITH $label AS wanted WHERE wanted = 'Employee'
  MATCH (n:Employee)
  RETURN n
}
RETURN n.id AS id, coalesce(n.name, n.title, n.id) AS name, labels(n) AS labels, null AS note
ORDER BY name, id
LIMIT $most
