// The milestones of projects that are recorded as useful dates of clients: a line launched (C2.4, C3.7). A date is partial text.
MATCH (client:Client)<-[:DATE_OF]-(occasion:UsefulDate)
USING INDEX occasion:UsefulDate(kind)
WHERE occasion.kind = 'project'
RETURN
  occasion.id AS id,
  occasion.name AS name,
  occasion.date AS on,
  coalesce(occasion.recurs, true) AS recurs,
  client.id AS client_id,
  client.name AS client_name
ORDER BY id
