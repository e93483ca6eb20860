// The milestones of projects that are recorded as useful dates of some clients, or of all: a line launched (C2.4, C3.7). A date is partial text.
CALL () {
  WITH $client_ids AS wanted WHERE wanted IS NULL
  MATCH (client:Client)<-[:DATE_OF]-(occasion:UsefulDate)
  USING INDEX occasion:UsefulDate(kind)
  WHERE occasion.kind = 'project'
  RETURN client, occasion
  UNION
  UNWIND $client_ids AS client_id
  MATCH (client:Client {id: client_id})<-[:DATE_OF]-(occasion:UsefulDate {kind: 'project'})
  RETURN client, occasion
}
RETURN
  occasion.id AS id,
  occasion.name AS name,
  occasion.date AS on,
  coalesce(occasion.recurs, true) AS recurs,
  client.id AS client_id,
  client.name AS client_name
ORDER BY id
