// With whom a person shares a firm, a school, a body or a club, up to a day, without a tie between the two being recorded and without anybody having said that they do not know each other.
MATCH (person:Person {id: $person_id})-[own:WORKS_AT|STUDIED_AT|SITS_ON|MEMBER_OF]->(place:Organization|Institution)
WHERE NOT place:OwnFirm AND coalesce(own.valid_from <= $as_of, true) AND coalesce(own.use, 'open') = 'open'
MATCH (place)<-[theirs:WORKS_AT|STUDIED_AT|SITS_ON|MEMBER_OF]-(other:Person&!FamilyMember)
WHERE type(theirs) = type(own) AND other <> person AND coalesce(other.presence, 'known') = 'known'
  AND coalesce(other.status <> 'deceased', true)
  AND coalesce(theirs.valid_from <= $as_of, true) AND coalesce(theirs.use, 'open') = 'open'
  AND NOT EXISTS {
    (person)-[:KNOWS|NOT_ACQUAINTED|MENTOR_OF|INFLUENCES|REPORTS_TO|COVERED_BY|CONFLICTS_WITH|SPOUSE_OF|PARENT_OF|SIBLING_OF|GUARDIAN_OF]-(other)
  }
RETURN
  other.id AS other_id,
  other.name AS other_name,
  EXISTS {
    (other)-[job:WORKS_AT]->(:OwnFirm)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  } AS is_ours,
  type(own) AS kind,
  place.id AS place_id,
  place.name AS place_name,
  place.employees AS size,
  own {.id, .since, .until, .valid_from, .valid_to, .level, .body, .sensitivity} AS own,
  theirs {.id, .since, .until, .valid_from, .valid_to, .level, .body, .sensitivity} AS theirs
ORDER BY other_name, other_id, place_id, own.id, theirs.id
LIMIT $most
