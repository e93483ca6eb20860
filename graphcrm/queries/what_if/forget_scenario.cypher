// Forget a scenario of a client; how many were there.
MATCH (scenario:Entity {id: $scenario_id})
WHERE scenario:Scenario AND scenario.client_id = $client_id
DELETE scenario
RETURN count(*) AS forgotten
