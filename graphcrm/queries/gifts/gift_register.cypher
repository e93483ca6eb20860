// The whole register of gifts in its order, as it was written.
MATCH (entry:GiftEntry)
RETURN
  entry.number AS number,
  entry.step AS step,
  coalesce(entry.refused, false) AS refused,
  entry.before AS before,
  entry.after AS after,
  entry.at AS at,
  entry.done_on AS done_on,
  entry.day AS day,
  entry.by_id AS by_id,
  entry.by AS by,
  entry.account AS account,
  entry.person_id AS person_id,
  entry.person AS person,
  entry.gift AS gift,
  entry.value AS value,
  entry.currency AS currency,
  entry.occasion AS occasion,
  entry.approvals_due AS approvals_due,
  entry.why AS why,
  entry.note AS note,
  entry.seal AS seal,
  head(COLLECT { MATCH (entry)-[:ENTRY_OF]->(subject) RETURN subject.id }) AS action_id,
  EXISTS { (entry)-[:ENTRY_OF]->(:Event) } AS of_event
ORDER BY number
