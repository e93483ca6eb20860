// Every invitation of theirs to a celebration, an event together or one that costs something, if it is out or they came: person, firm on a day, answer, attendance, the event and its cost per guest.
MATCH (event:Event)<-[tie:INVITED_TO]-(person:Person)
WHERE NOT person:Employee
  AND (event.kind IN ['celebration', 'joint'] OR event.cost_per_guest > 0)
  AND (tie.attended = true OR coalesce(tie.rsvp, 'invited') <> 'chosen')
RETURN DISTINCT
  tie.id AS tie_id,
  event.id AS event_id,
  event.name AS event_name,
  event.date AS day,
  event.cost_per_guest AS cost,
  event.currency AS currency,
  person.id AS person_id,
  person.name AS person_name,
  coalesce(tie.rsvp, 'invited') AS rsvp,
  tie.attended AS attended,
  tie.invited_on AS invited_on,
  head(COLLECT {
    MATCH (person)-[job:WORKS_AT]->(firm:Organization)
      WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
    RETURN firm.name ORDER BY job.level, firm.id
  }) AS firm_name
ORDER BY day DESC, event_id, person_name, tie_id
