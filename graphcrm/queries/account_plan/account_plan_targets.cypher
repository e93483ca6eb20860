// Whose support an account plan seeks on a day, and what attitude it wants of each.
MATCH (plan:AccountPlan&Entity {id: $plan_id})-[wish:SEEKS_SUPPORT_OF]->(person:Person)
WHERE coalesce(wish.valid_from <= $as_of, true) AND coalesce(wish.valid_to > $as_of, true)
RETURN
  wish.id AS tie_id,
  person.id AS person_id,
  person.name AS person,
  wish.support_wanted AS support_wanted,
  wish.sensitivity AS sensitivity,
  person:FamilyMember AS is_family
ORDER BY person, tie_id
