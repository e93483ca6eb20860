// One event with its place, seats, tables, budget, plan of steps, outcome, and the client and deal that it is for.
MATCH (event:Entity:Event {id: $event_id})
USING INDEX event:Entity(id)
RETURN
  event.id AS id,
  event.name AS name,
  event.kind AS kind,
  event.date AS on,
  event.city AS city,
  event.seats AS seats,
  event.table_seats AS table_seats,
  event.budget AS budget,
  event.cost_per_guest AS cost_per_guest,
  event.currency AS currency,
  event.answer_by AS answer_by,
  event.occasion AS occasion,
  event.steps AS steps,
  event.outcome AS outcome,
  head(COLLECT { MATCH (event)-[:FOR_CLIENT]->(client:Client) RETURN {id: client.id, name: client.name} }) AS client,
  head(COLLECT { MATCH (event)-[:ADVANCES]->(deal:Deal) RETURN {id: deal.id, name: deal.name} }) AS deal
