// Records of some kinds by the beginnings of the words of their names, the best first.
CALL () {
  // An index for each kind, so that none crowds another out. Hits come one by one, the best first: what sorted before the
  // inner limits would take them all.
  WITH $labels AS wanted
  WHERE 'Employee' IN wanted
  CALL db.index.fulltext.queryNodes('employee_names', $words, {limit: 500}) YIELD node, score
  RETURN node, score LIMIT $most
  UNION ALL
  CALL db.index.fulltext.queryNodes('person_names', $words, {limit: 500}) YIELD node, score
  WITH node, score WHERE any(label IN labels(node) WHERE label IN $labels)
  RETURN node, score LIMIT $most
  UNION ALL
  CALL db.index.fulltext.queryNodes('organization_names', $words, {limit: 500}) YIELD node, score
  WITH node, score WHERE any(label IN labels(node) WHERE label IN $labels)
  RETURN node, score LIMIT $most
  UNION ALL
  CALL db.index.fulltext.queryNodes('other_names', $words, {limit: 500}) YIELD node, score
  WITH node, score WHERE any(label IN labels(node) WHERE label IN $labels)
  RETURN node, score LIMIT $most
}
WITH node, max(score) AS score
ORDER BY score DESC, node.name
LIMIT $most
RETURN node.id AS id, coalesce(node.name, node.id) AS name, labels(node) AS labels,
       coalesce(head(COLLECT { MATCH (node)-[w:WORKS_AT]->(o:Organization) WHERE node:Person
                               RETURN coalesce(w.title + ', ', '') + o.name LIMIT 1 }), node.city) AS note
