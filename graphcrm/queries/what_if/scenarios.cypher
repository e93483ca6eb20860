// The scenarios that are kept beside a client's map: changes thought through, never made. The prefix begins their ids.
MATCH (scenario:Entity)
USING INDEX scenario:Entity(id)
WHERE scenario.id STARTS WITH $prefix AND scenario:Scenario AND scenario.client_id = $client_id
RETURN
  scenario.id AS id,
  scenario.name AS name,
  scenario.changes AS changes,
  scenario.by AS by,
  scenario.saved_at AS saved_at
ORDER BY name, id
