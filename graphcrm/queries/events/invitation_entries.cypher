// The entries of the register about invitations to an event, in their order: who asked for approval, who agreed, what was refused.
MATCH (event:Entity:Event {id: $event_id})
USING INDEX event:Entity(id)
MATCH (entry:GiftEntry)-[:ENTRY_OF]->(event)
RETURN
  entry.id AS id,
  entry.number AS number,
  entry.person_id AS person_id,
  entry.person AS person,
  entry.step AS step,
  coalesce(entry.refused, false) AS refused,
  entry.done_on AS done_on,
  entry.at AS at,
  entry.by_id AS by_id,
  entry.by AS by,
  entry.value AS value,
  entry.currency AS currency,
  entry.approvals_due AS approvals_due,
  entry.why AS why,
  entry.note AS note
ORDER BY number
