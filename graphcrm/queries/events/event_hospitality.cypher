// What else some people are or were invited to at a cost: other events with a cost per guest, but for those declined or missed.
MATCH (person:Person)-[tie:INVITED_TO]->(event:Event)
WHERE person.id IN $person_ids AND event.cost_per_guest > 0 AND event.id <> $event_id
  AND NOT coalesce(tie.rsvp, 'invited') IN ['declined', 'no_answer', 'waiting'] AND coalesce(tie.attended, true)
RETURN DISTINCT
  tie.id AS tie_id,
  person.id AS person_id,
  event.date AS day,
  event.cost_per_guest AS cost,
  event.currency AS currency
ORDER BY day, tie_id
