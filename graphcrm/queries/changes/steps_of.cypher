// The newest changes of one account, newest first: what undo and redo choose from. A step of a gift is in the register and is never taken back.
MATCH (change:Change {by_id: $by_id})
WHERE change.number IS NOT NULL AND coalesce(change.action <> 'register', true)
WITH change
ORDER BY change.number DESC
LIMIT $most
RETURN change.id AS id, change.action AS action, change.undoes AS undoes
