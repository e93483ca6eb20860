// Who is invited to an event and what is stored of each invitation: read again when a save is written.
MATCH (event:Entity:Event {id: $event_id})
USING INDEX event:Entity(id)
RETURN
  event.seats AS seats,
  COLLECT {
    MATCH (event)<-[tie:INVITED_TO]-(person:Person)
    RETURN {
      tie_id: tie.id, person_id: person.id, rsvp: tie.rsvp, invited_on: tie.invited_on,
      answered_on: tie.answered_on, attended: tie.attended, table: tie.table, approval: tie.approval,
      ours: person:Employee
    }
  } AS invitations
