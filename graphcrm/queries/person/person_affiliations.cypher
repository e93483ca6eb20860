// The bodies a person sits on, the firms they own, the institutions they studied at or belong to, on a day.
MATCH (person:Person {id: $person_id})-[tie:SITS_ON|OWNS|STUDIED_AT|MEMBER_OF]->(place:Organization|Institution)
WHERE coalesce(tie.valid_from <= $as_of, true)
  AND (type(tie) = 'STUDIED_AT' OR coalesce(tie.valid_to > $as_of, true))
RETURN
  tie.id AS id,
  type(tie) AS type,
  place.id AS place_id,
  place.name AS place_name,
  place:Client AS is_client,
  tie.body AS body,
  coalesce(tie.position, tie.subject) AS detail,
  tie.percent AS percent,
  tie.since AS since,
  tie.until AS until,
  tie.sensitivity AS sensitivity
ORDER BY type, since, place_name, id
