// The contacts with a person up to a day, or those that one of ours conducted, newest first.
MATCH (person:Person {id: $person_id})
MATCH (person)<-[:WITH|CONDUCTED_BY]-(contact:Interaction)
WHERE contact.date <= $as_of
WITH DISTINCT person, contact ORDER BY contact.date DESC, contact.id LIMIT $most
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
  COLLECT { MATCH (contact)-[:WITH]->(other:Person) WHERE other <> person RETURN other {.id, .name, family: other:FamilyMember} ORDER BY other.name } AS participants,
  COLLECT { MATCH (contact)-[:CONDUCTED_BY]->(employee:Person) WHERE employee <> person RETURN employee {.id, .name} ORDER BY employee.name } AS employees,
  head(COLLECT { MATCH (contact)-[:FOR_CLIENT]->(client:Client) RETURN client {.id, .name} }) AS client,
  head(COLLECT { MATCH (contact)-[:ABOUT]->(deal:Deal) RETURN deal.name }) AS deal
ORDER BY date DESC, id
