// What was changed about a person, newest first: what, before, after, when and by whom.
MATCH (person:Person {id: $person_id})<-[:CHANGED]-(change:Change)
RETURN
  change.id AS id,
  change.what AS what,
  change.before AS before,
  change.after AS after,
  change.at AS at,
  change.by AS by
ORDER BY at DESC, id
LIMIT $most
