// Pairs of some people and others between whom nothing is walked, as of a day: kin over up to four family ties (in-laws, grandparents and cousins too), people at odds, and those of whom a tie is marked "do not use".
UNWIND $person_ids AS person_id
MATCH (one:Person {id: person_id})-[:SPOUSE_OF|PARENT_OF|SIBLING_OF|GUARDIAN_OF]-{1,4}(other:Person)
WHERE other.id IN $other_ids
RETURN DISTINCT one.id AS one_id, other.id AS other_id
UNION
UNWIND $person_ids AS person_id
MATCH (one:Person {id: person_id})-[tie:CONFLICTS_WITH|INFLUENCES|KNOWS|MENTOR_OF|COVERED_BY]-(other:Person)
WHERE other.id IN $other_ids
  AND (
    tie.basis = 'family'
    OR (
      coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
      AND (type(tie) = 'CONFLICTS_WITH' OR tie.use = 'do_not_use')
    )
  )
RETURN DISTINCT one.id AS one_id, other.id AS other_id
