// Records of some kinds by the beginnings of the words of their names, the best first.
CALL () {
  // Firms by an index of their own, so that they are found however many people are called the same. Hits come one by one,
  // the best first: what sorted before the inner limits would take them all.
  WITH $labels AS wanted
  WHERE any(label IN wanted WHERE label <> 'Person')
  CALL db.index.fulltext.queryNodes('organization_names', $words, {limit: 500}) YIELD node, score
  WITH node, score WHERE any(label IN labels(node) WHERE label IN $labels)
  RETURN node, score LIMIT $most
  UNION ALL
  CALL db.index.fulltext.queryNodes('entity_names', $words, {limit: 500}) YIELD node, score
  WITH node, score WHERE NOT node:Organization AND any(label IN labels(node) WHERE label IN $labels)
  RETURN node, score LIMIT $most
}
WITH node, score
ORDER BY score DESC, node.name
LIMIT $most
RETURN node.id AS id, coalesce(node.name, node.id) AS name, labels(node) AS labels,
       coalesce(head(COLLECT { MATCH (node)-[w:WORKS_AT]->(o:Organization) WHERE node:Person
                               RETURN coalesce(w.title + ', ', '') + o.name LIMIT 1 }), node.city) AS note
