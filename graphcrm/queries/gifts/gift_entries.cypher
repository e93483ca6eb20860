// The entries of the register about some gifts, in their order.
MATCH (entry:GiftEntry)-[:ENTRY_OF]->(action:GoodwillAction)
WHERE action.id IN $action_ids
RETURN
  entry.id AS id,
  action.id AS action_id,
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
  entry.approvals_due AS approvals_due,
  entry.why AS why,
  entry.note AS note
ORDER BY number
