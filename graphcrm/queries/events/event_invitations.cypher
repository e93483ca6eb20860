// Who is invited to an event: answer, table, attendance; whose guest they are, who of ours is in touch with them as of a day, and the first contact after the event.
MATCH (event:Entity:Event {id: $event_id})
USING INDEX event:Entity(id)
MATCH (person:Person)-[tie:INVITED_TO]->(event)
RETURN
  tie.id AS tie_id,
  person.id AS person_id,
  person.name AS person_name,
  person:Employee AS is_ours,
  person:FamilyMember AS is_family,
  person.status AS status,
  tie.rsvp AS rsvp,
  tie.invited_on AS invited_on,
  tie.answered_on AS answered_on,
  tie.attended AS attended,
  tie.approval AS approval,
  tie.table AS table,
  tie.sensitivity AS sensitivity,
  head(COLLECT {
    MATCH (person)-[job:WORKS_AT]->(firm:Organization)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
    RETURN {id: firm.id, name: firm.name, title: job.title} ORDER BY firm:Client DESC, firm.id
  }) AS firm,
  COLLECT {
    MATCH (person)-[cover:COVERED_BY]->(employee:Person)
    WHERE cover.coverage IN ['in_depth', 'multiple', 'brief']
      AND coalesce(cover.valid_from <= $as_of, true) AND coalesce(cover.valid_to > $as_of, true)
    RETURN {id: employee.id, name: employee.name, sensitivity: cover.sensitivity} ORDER BY employee.name
  } AS covered_by,
  head(COLLECT {
    MATCH (person)<-[:WITH]-(contact:Interaction)
    WHERE contact.date > event.date AND contact.date <= $as_of
    RETURN contact.date ORDER BY contact.date
  }) AS followed_up
ORDER BY person_name, person_id
