// What some people were invited to, or will be: the event with its kind and cost per guest. Left out are those who are merely on a list, wait for a seat, or declined.
MATCH (person:Person)-[tie:INVITED_TO]->(event:Event)
WHERE person.id IN $person_ids
  AND (
    tie.attended = true
    OR coalesce(tie.rsvp, 'invited') IN ['invited', 'accepted']
    OR (tie.rsvp = 'chosen' AND tie.approval IN ['needs_approval', 'approved'])
  )
RETURN DISTINCT
  tie.id AS tie_id,
  person.id AS person_id,
  event.id AS event_id,
  event.name AS event_name,
  event.kind AS event_kind,
  event.date AS day,
  event.cost_per_guest AS cost,
  event.currency AS currency,
  tie.sensitivity AS sensitivity
ORDER BY day, tie_id
