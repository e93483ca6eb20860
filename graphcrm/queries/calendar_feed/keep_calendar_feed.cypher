// Keep the digest of a feed's new secret; the old one is gone with it.
MERGE (feed:Entity {id: $feed_id})
SET feed:CalendarFeed, feed += $properties, feed.renewed_at = datetime()
