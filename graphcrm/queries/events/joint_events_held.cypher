// Which of the given events are there already, and what former events together with clients cost: budget, seats, cost per guest, currency.
RETURN
  COLLECT { MATCH (event:Entity) WHERE event.id IN $event_ids RETURN event.id } AS there,
  COLLECT {
    MATCH (event:Event {kind: 'joint'})
    WHERE event.date <= $as_of AND ((event.budget > 0 AND event.seats > 0) OR event.cost_per_guest > 0)
    RETURN {budget: event.budget, seats: event.seats, cost: event.cost_per_guest, currency: event.currency} ORDER BY event.date DESC
  } AS former
