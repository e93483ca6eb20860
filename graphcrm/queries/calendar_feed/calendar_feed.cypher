// One feed of the calendar with the digest of its secret, whose dates it gives and in which language (C2.4).
MATCH (feed:Entity&CalendarFeed {id: $feed_id})
RETURN
  feed.id AS id,
  feed.digest AS digest,
  feed.employee_id AS employee_id,
  feed.language AS language,
  feed.renewed_at AS renewed_at
