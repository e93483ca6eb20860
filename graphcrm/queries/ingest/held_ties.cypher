// The ties of these types that leave the nodes of these ids, as one list: what the importer compares with a file. The moment
// of recording is left out where it is not asked for: turning it into a Python value costs more than all the rest.
UNWIND $start_ids AS wanted
MATCH (a:Entity {id: wanted})
MATCH (a)-[r]->(b:Entity)
WHERE type(r) IN $types
RETURN collect([r.id, type(r), a.id, b.id,
                CASE WHEN $recorded THEN properties(r) ELSE r {.*, recorded_at: NULL} END]) AS held
