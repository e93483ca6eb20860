// The next steps agreed with a client, not done yet, that fall due on a day or later, the nearest first.
MATCH (client:Client {id: $client_id})<-[:FOR_CLIENT]-(contact:Interaction)
WHERE contact.date <= $as_of AND contact.next_step_due >= $as_of AND coalesce(contact.next_step_done > $as_of, true)
RETURN
  contact.id AS id,
  contact.next_step AS name,
  contact.next_step_due AS due
ORDER BY due, id
LIMIT 5
