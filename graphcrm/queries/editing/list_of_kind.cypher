// All records of a small kind by name: sources, our employees. The labels are written out so that others are not looked at.
CALL () {
  // By an index of the names: no more are read than are listed.
  WITH $label AS wanted WHERE wanted = 'Source'
  MATCH (n:Source)
  USING INDEX n:Source(name)
  WHERE n.name >= ''
  RETURN n ORDER BY n.name LIMIT $most
  UNION ALL
  WITH $label AS wanted WHERE wanted = 'Employee'
  MATCH (n:Employee)
  USING INDEX n:Employee(name)
  WHERE n.name >= ''
  RETURN n ORDER BY n.name LIMIT $most
}
RETURN n.id AS id, n.name AS name, labels(n) AS labels, null AS note
ORDER BY name, id
LIMIT $most
