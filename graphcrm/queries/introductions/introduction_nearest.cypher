// The shortest chain of allowed acquaintance from our people to a person as of a day, however long up to six ties: tells how far away somebody is whom no short chain reaches.
MATCH (target:Person {id: $person_id})
MATCH path = SHORTEST 1 (target)(
    (:Person&!FamilyMember)-[ties:KNOWS|COVERED_BY|MENTOR_OF|INFLUENCES|REPORTS_TO
      WHERE coalesce(ties.valid_from <= $as_of, true) AND coalesce(ties.valid_to > $as_of, true)
        AND coalesce(ties.use, 'open') = 'open' AND coalesce(ties.strength > 0, true)
        AND coalesce(ties.basis <> 'family', true) AND NOT coalesce(ties.coverage IN ['none', 'unknown'], false)
    ]-(:Person&!FamilyMember)
  ){1,6}(employee)
WITH path, employee
WHERE EXISTS {
  (employee)-[job:WORKS_AT]->(:OwnFirm)
  WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
}
WITH path LIMIT $most // the search goes outwards from the target, so that the first come are the shortest
WITH reverse(nodes(path)) AS people, reverse(relationships(path)) AS ties
RETURN
  [person IN people | person.id] AS person_ids,
  [person IN people | person.name] AS names,
  [tie IN ties | type(tie)] AS kinds,
  [tie IN ties | tie.sensitivity] AS sensitivities,
  size(ties) AS ties
ORDER BY ties, person_ids
