// The contacts with a client and its people up to a day, newest first: what was said, by whom, the next step and who takes it.
MATCH (client:Client {id: $client_id})
CALL (client) {
  MATCH (client)<-[:FOR_CLIENT]-(contact:Interaction)
  RETURN contact
  UNION
  MATCH (client)<-[:WORKS_AT]-(:Person)<-[:WITH]-(contact:Interaction)
    WHERE NOT EXISTS { (contact)-[:FOR_CLIENT]->(:Client) }
  RETURN contact
}
WITH DISTINCT client, contact WHERE contact.date <= $as_of
WITH client, contact ORDER BY contact.date DESC, contact.id LIMIT $most
RETURN
  contact.id AS id,
  contact.date AS date,
  contact.kind AS kind,
  contact.summary AS summary,
  contact.mood AS mood,
  contact.next_step AS next_step,
  contact.next_step_due AS next_step_due,
  contact.next_step_done AS next_step_done,
  head(COLLECT { MATCH (contact)-[:NEXT_STEP_BY]->(owner:Person) RETURN owner.name }) AS next_step_owner,
  COLLECT { MATCH (contact)-[:WITH]->(other:Person) RETURN other {.id, .name, family: other:FamilyMember} ORDER BY other.name } AS participants,
  COLLECT { MATCH (contact)-[:CONDUCTED_BY]->(employee:Person) RETURN employee {.id, .name} ORDER BY employee.name } AS employees,
  head(COLLECT { MATCH (contact)-[:ABOUT]->(deal:Deal) RETURN deal.name }) AS deal
ORDER BY date DESC, id
