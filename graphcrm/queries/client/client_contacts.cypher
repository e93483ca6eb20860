// The latest contacts with a client and its people up to a day, newest first: when and how.
MATCH (client:Client {id: $client_id})
CALL (client) {
  MATCH (client)<-[:FOR_CLIENT]-(contact:Interaction)
  RETURN contact
  UNION
  MATCH (client)<-[:WORKS_AT]-(:Person)<-[:WITH]-(contact:Interaction)
    WHERE NOT EXISTS { (contact)-[:FOR_CLIENT]->(:Client) }
  RETURN contact
}
WITH contact WHERE contact.date <= $as_of
RETURN
  contact.id AS id,
  contact.date AS date,
  contact.kind AS kind,
  contact.mood AS mood
ORDER BY date DESC, id
LIMIT $most
