// Whom the people of a firm know or sway at the clients, as of a day, with who of ours knows those people: the ways that are lost when the firm goes (D2). Kinship, conflict and what is not open for use are never walked.
MATCH (partner:Organization {id: $partner_id})<-[job:WORKS_AT|SITS_ON]-(via:Person&!FamilyMember)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
WITH DISTINCT partner, via
MATCH (via)-[tie:KNOWS|MENTOR_OF|INFLUENCES]-(person:Person&!FamilyMember)-[place:WORKS_AT]->(client:Client)
WHERE client <> partner AND coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
  AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
  AND coalesce(tie.use, 'open') = 'open' AND coalesce(tie.strength > 0, true) AND coalesce(tie.basis <> 'family', true)
OPTIONAL MATCH (source:Source {id: tie.source})
RETURN DISTINCT
  tie.id AS tie_id,
  type(tie) AS kind,
  via.id AS via_id,
  via.name AS via_name,
  person.id AS person_id,
  person.name AS person_name,
  client.id AS client_id,
  client.name AS client_name,
  COLLECT {
    MATCH (via)-[known:KNOWS|COVERED_BY|MENTOR_OF]-(employee:Employee)-[works:WORKS_AT]->(:OwnFirm)
    WHERE coalesce(works.valid_from <= $as_of, true) AND coalesce(works.valid_to > $as_of, true)
      AND coalesce(known.valid_from <= $as_of, true) AND coalesce(known.valid_to > $as_of, true)
      AND coalesce(known.use, 'open') = 'open' AND NOT coalesce(known.coverage IN ['none', 'unknown'], false)
    OPTIONAL MATCH (origin:Source {id: known.source})
    RETURN DISTINCT {
      id: employee.id, name: employee.name, tie_id: known.id, kind: type(known), outgoing: startNode(known) = via,
      strength: known.strength, confidence: known.confidence, source: origin.name,
      verified: coalesce(known.last_verified_at, origin.date), sensitivity: known.sensitivity
    } AS one
  } AS ours,
  startNode(tie) = via AS outgoing,
  tie.strength AS strength,
  tie.basis AS basis,
  tie.confidence AS confidence,
  source.name AS source,
  coalesce(tie.last_verified_at, source.date) AS last_verified,
  tie.sensitivity AS sensitivity
ORDER BY client_name, person_name, via_name, tie_id
