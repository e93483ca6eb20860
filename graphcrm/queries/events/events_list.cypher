// All our events with how many are invited, have accepted and came (C3.6, C3.7), the latest first.
MATCH (event:Event)
RETURN
  event.id AS id,
  event.name AS name,
  event.kind AS kind,
  event.date AS on,
  event.city AS city,
  event.seats AS seats,
  head(COLLECT { MATCH (event)-[:FOR_CLIENT]->(client:Client) RETURN client.name ORDER BY client.id }) AS client_name,
  COLLECT {
    MATCH (event)<-[tie:INVITED_TO]-(person:Person)
    RETURN {
      rsvp: tie.rsvp, attended: tie.attended, ours: person:Employee, family: person:FamilyMember,
      sensitivity: tie.sensitivity
    }
  } AS invitations
ORDER BY on DESC, name, id
