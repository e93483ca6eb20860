// When we last spoke with anybody at each of the given clients, up to a day, and which agreed step and which decision on a deal come next.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
CALL (client) {
  CALL (client) {
    MATCH (client)<-[:FOR_CLIENT]-(contact:Interaction)
    RETURN contact, true AS ours
    UNION
    MATCH (client)<-[:WORKS_AT]-(:Person)<-[:WITH]-(contact:Interaction)
      WHERE NOT EXISTS { (contact)-[:FOR_CLIENT]->(:Client) }
    RETURN contact, false AS ours
  }
  RETURN
    max(CASE WHEN contact.date <= $as_of THEN contact.date END) AS last_contact,
    min(CASE WHEN ours AND contact.date <= $as_of AND contact.next_step_due >= $as_of
        AND coalesce(contact.next_step_done > $as_of, true) THEN contact.next_step_due END) AS next_step
}
CALL (client) {
  MATCH (client)<-[:FOR_CLIENT]-(deal:Deal)
    WHERE deal.due >= $as_of AND coalesce(deal.opened <= $as_of, true) AND coalesce(deal.closed > $as_of, true)
      AND NOT (deal.closed IS NULL AND deal.stage IN ['won', 'lost'])
  RETURN min(deal.due) AS next_decision
}
RETURN
  client.id AS client_id,
  last_contact AS last_contact,
  next_step AS next_step,
  next_decision AS next_decision
