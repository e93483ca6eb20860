// Lets one batch of ties be written at a time, so that two imports cannot make one tie twice, and tells whether anybody has
// made ties since the batch $after. The gate keeps the name of the last batch; once somebody else came between, and from
// then on, a name that nobody knows.
MERGE (gate:Command {key: 'import'})
SET gate._lock = true
REMOVE gate._lock
WITH gate, coalesce(coalesce(gate.batch, '') = $after, false) AS alone
SET gate.batch = CASE WHEN alone THEN $batch ELSE randomUUID() END
RETURN alone
