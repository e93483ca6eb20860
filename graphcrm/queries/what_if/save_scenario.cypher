// Keep a scenario beside a client's map, unless another is kept under its id. True when it is the one of this key.
MERGE (scenario:Entity {id: $scenario_id})
ON CREATE SET scenario:Scenario, scenario += $properties, scenario.key = $key, scenario.saved_at = datetime()
RETURN scenario.key = $key AS kept
