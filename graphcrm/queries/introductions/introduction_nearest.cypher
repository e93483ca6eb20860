// The shortest chain of allowed acquaintance from our people to a person as of a day, however long up to six ties: tells how far away somebody is whom no short chain reaches.
MATCH (target:Person {id: $person_id})
UNWIND $team_ids AS employee_id
MATCH (employee:Person {id: employee_id})
MATCH path = SHORTEST 1 (employee)(
    (:Person&!FamilyMember)-[ties:KNOWS|COVERED_BY|MENTOR_OF|INFLUENCES|REPORTS_TO
      WHERE coalesce(ties.valid_from <= $as_of, true) AND coalesce(ties.valid_to > $as_of, true)
        AND coalesce(ties.use, 'open') = 'open' AND coalesce(ties.strength > 0, true)
        AND coalesce(ties.basis <> 'family', true) AND NOT coalesce(ties.coverage IN ['none', 'unknown'], false)
    ]-(:Person&!FamilyMember)
  ){1,6}(target)
RETURN
  [person IN nodes(path) | person.id] AS person_ids,
  [person IN nodes(path) | person.name] AS names,
  [tie IN relationships(path) | type(tie)] AS kinds,
  [tie IN relationships(path) | tie.sensitivity] AS sensitivities,
  length(path) AS ties
ORDER BY ties, person_ids
LIMIT $most
