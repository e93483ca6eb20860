// Who has a stake in a deal as of a day.
MATCH (deal:Entity:Deal {id: $deal_id})
USING INDEX deal:Entity(id)
MATCH (deal)<-[stake:STAKEHOLDER_IN]-(person:Person)
WHERE coalesce(stake.valid_from <= $as_of, true) AND coalesce(stake.valid_to > $as_of, true)
RETURN DISTINCT
  person.id AS person_id,
  stake.sensitivity AS sensitivity
ORDER BY person_id
