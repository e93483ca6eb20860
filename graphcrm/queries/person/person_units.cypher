// The units a person belongs to on a day, and the organisation each is part of.
MATCH (person:Person {id: $person_id})-[member:BELONGS_TO]->(unit:Unit)
WHERE coalesce(member.valid_from <= $as_of, true) AND coalesce(member.valid_to > $as_of, true)
RETURN
  member.id AS id,
  unit.id AS unit_id,
  unit.name AS unit_name,
  head(COLLECT { MATCH (unit)-[:PART_OF]->{1,6}(firm:Organization) RETURN firm.id ORDER BY firm.id }) AS organization_id,
  member.sensitivity AS sensitivity
ORDER BY unit_name, id
