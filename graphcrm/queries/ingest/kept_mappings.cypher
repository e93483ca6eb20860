// How columns under other names are read: one mapping for each shape of a header.
MATCH (m:ImportMapping)
RETURN m.id AS id, m.stem AS stem, m.names AS names, m.columns AS columns, m.header AS header, m.changed_at AS changed_at
ORDER BY m.changed_at DESC, m.id
LIMIT $most
