// In which decisions a person has a stake, up to a day: of a client as a whole or of one deal, with roles and stance. Ended stakes show what changed.
MATCH (person:Person {id: $person_id})-[stake:STAKEHOLDER_IN]->(subject:Client|Deal)
WHERE coalesce(stake.valid_from <= $as_of, true)
OPTIONAL MATCH (source:Source {id: stake.source})
RETURN
  stake.id AS id,
  subject.id AS subject_id,
  subject.name AS subject_name,
  CASE WHEN subject:Deal THEN 'deal' ELSE 'client' END AS subject_kind,
  CASE WHEN subject:Deal THEN head(COLLECT { MATCH (subject)-[:FOR_CLIENT]->(client:Client) RETURN client.id }) ELSE subject.id END AS client_id,
  coalesce(stake.roles, []) AS roles,
  stake.support AS support,
  stake.political_status AS political_status,
  stake.interest AS interest,
  stake.agenda_business AS agenda_business,
  stake.agenda_personal AS agenda_personal,
  stake.decision_criteria AS decision_criteria,
  stake.valid_from AS valid_from,
  stake.valid_to AS valid_to,
  coalesce(stake.valid_to > $as_of, true) AS current,
  stake.confidence AS confidence,
  source.name AS source,
  coalesce(stake.last_verified_at, source.date) AS last_verified,
  stake.sensitivity AS sensitivity
ORDER BY current DESC, valid_from DESC, id
