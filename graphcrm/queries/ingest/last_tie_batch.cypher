// Which batch of ties was written last, by whomever; no row before the first.
MATCH (gate:Command {key: 'import'})
RETURN coalesce(gate.batch, '') AS batch
