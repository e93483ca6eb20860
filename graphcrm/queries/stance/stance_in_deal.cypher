// Who has a stake in one deal as of a day: roles, political status, attitude to us, agenda, decision criteria, with source and confidence.
MATCH (deal:Deal {id: $deal_id})
MATCH (person:Person)-[stake:STAKEHOLDER_IN]->(deal)
  WHERE coalesce(stake.valid_from <= $as_of, true) AND coalesce(stake.valid_to > $as_of, true)
OPTIONAL MATCH (source:Source {id: stake.source})
RETURN
  person.id AS person_id,
  person.name AS person_name,
  coalesce(person.presence, 'known') AS presence,
  stake.id AS id,
  coalesce(stake.roles, []) AS roles,
  stake.support AS support,
  stake.political_status AS political_status,
  stake.interest AS interest,
  stake.agenda_business AS agenda_business,
  stake.agenda_personal AS agenda_personal,
  stake.decision_criteria AS decision_criteria,
  stake.confidence AS confidence,
  source.name AS source,
  coalesce(stake.last_verified_at, source.date) AS last_verified,
  stake.sensitivity AS sensitivity
ORDER BY person_name, id
