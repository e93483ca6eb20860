// What the last import had brought, if the log still stands where it left it: short hashes of its rows, in parts.
MATCH (m:LastImport)
WHERE m.position = $position
RETURN m.rows AS rows
ORDER BY m.part
