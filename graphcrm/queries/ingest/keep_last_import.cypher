// Keeps what an import has brought, in place of what the one before had, and where the log stands once this is written.
OPTIONAL MATCH (old:LastImport)
DELETE old
WITH count(old) AS gone
UNWIND range(0, size($parts) - 1) AS part
CREATE (:LastImport {position: $position, part: part, rows: $parts[part]})
