// The firms that clients are tied to as partners or owners, as of a day, each with its ties and the ways over its people; those of most clients first (D2). Kinship, conflict and what is not open for use are never walked.
MATCH (client:Client)-[tie:PARTNER_OF|OWNS]-(partner:Organization&!OwnFirm)
WHERE partner <> client AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
  AND ($search = '' OR toLower(partner.name) CONTAINS toLower($search))
WITH
  partner,
  count(DISTINCT client) AS clients,
  collect({
    kind: type(tie), detail: tie.kind, client_id: client.id, client_name: client.name, sensitivity: tie.sensitivity
  }) AS ties
ORDER BY clients DESC, partner.name, partner.id
LIMIT $most
RETURN
  partner.id AS partner_id,
  partner.name AS partner_name,
  ties,
  COLLECT {
    MATCH (partner)<-[job:WORKS_AT|SITS_ON]-(via:Person&!FamilyMember)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
    WITH DISTINCT partner, via
    MATCH (via)-[way:KNOWS|MENTOR_OF|INFLUENCES]-(person:Person&!FamilyMember)-[place:WORKS_AT]->(at:Client)
    WHERE at <> partner AND coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
      AND coalesce(way.valid_from <= $as_of, true) AND coalesce(way.valid_to > $as_of, true)
      AND coalesce(way.use, 'open') = 'open' AND coalesce(way.strength > 0, true)
      AND coalesce(way.basis <> 'family', true)
    RETURN DISTINCT {person_id: person.id, client_id: at.id, kind: type(way), sensitivity: way.sensitivity} AS one
  } AS ways
ORDER BY size(ties) DESC, partner_name, partner_id
