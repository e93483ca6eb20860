// What was changed in the graph, newest first.
MATCH (change:Change)
WHERE change.at IS NOT NULL
RETURN change.id AS id, change.number AS number, change.what AS what, change.action AS action, change.undoes AS undoes,
       change.operations AS operations, change.at AS at, change.by AS by, change.before AS before, change.after AS after,
       change.sensitivity AS sensitivity
ORDER BY at DESC, number DESC, id
LIMIT $most
