// Every tie with the two nodes that it joins. The driver takes long over a moment, which nearly every tie has: as numbers.
// Not by its epochSeconds, which are rounded towards 1970.
MATCH (a)-[r]->(b)
WITH a, r, b, r.recorded_at AS moment, r.recorded_at IS :: ZONED DATETIME NOT NULL AS apart
RETURN elementId(a) AS start, elementId(b) AS end, type(r) AS type,
       CASE WHEN apart THEN r {.*, recorded_at: NULL} ELSE properties(r) END AS properties,
       CASE WHEN apart THEN [moment.epochMillis, moment.nanosecond, moment.offsetSeconds, moment.timezone] END AS recorded
