// One entry of the register.
MATCH (entry:Entity&GiftEntry {id: $entry_id})
RETURN
  entry.id AS id,
  coalesce(entry.refused, false) AS refused,
  entry.after AS after,
  entry.why AS why
