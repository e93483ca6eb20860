// The next steps agreed with the given clients that fall due between two days (the last not included) and are not done, with who takes each.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})<-[:FOR_CLIENT]-(contact:Interaction)
WHERE contact.next_step_due >= $since AND contact.next_step_due < $until
  AND contact.date <= $as_of AND coalesce(contact.next_step_done > $as_of, true)
RETURN
  contact.id AS id,
  contact.next_step AS name,
  contact.next_step_due AS due,
  contact.date AS agreed,
  client.id AS client_id,
  client.name AS client_name,
  head(COLLECT { MATCH (contact)-[:WITH]->(person:Person) WHERE NOT person:FamilyMember RETURN person {.id, .name} ORDER BY person.name }) AS person,
  coalesce(
    head(COLLECT { MATCH (contact)-[:NEXT_STEP_BY]->(owner:Person) RETURN [owner.id] }),
    COLLECT { MATCH (contact)-[:CONDUCTED_BY]->(one:Person) RETURN one.id ORDER BY one.id }
  ) AS owner_ids
ORDER BY due, id
