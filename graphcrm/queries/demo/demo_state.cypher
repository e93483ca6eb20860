// Whether the demo data have been loaded, and whether the graph holds any data.
OPTIONAL MATCH (mark:Command {key: 'demo'})
RETURN mark.state AS loading, NOT EXISTS { (:Entity) } AS is_empty
