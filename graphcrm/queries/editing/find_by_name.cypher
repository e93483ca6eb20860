// Records of some kinds by the beginnings of the words of their names, the best first.
CALL db.index.fulltext.queryNodes('entity_names', $words, {limit: 500}) YIELD node, score
WHERE any(label IN labels(node) WHERE label IN $labels)
WITH node, score
ORDER BY score DESC, node.name
LIMIT $most
RETURN node.id AS id, coalesce(node.name, node.id) AS name, labels(node) AS labels,
       coalesce(head(COLLECT { MATCH (node)-[w:WORKS_AT]->(o:Organization) WHERE node:Person
                               RETURN coalesce(w.title + ', ', '') + o.name LIMIT 1 }), node.city) AS note
