// The ties on all chains from our people over at most two go-betweens to a person, as of a day, and our contacts with those on them: over these an introduction may go. Kinship, conflict and what is not open for use are never walked; nor is what only says that nobody of ours is in touch.
MATCH (target:Person {id: $person_id})
WITH COLLECT {
  MATCH (target)(
      (:Person&!FamilyMember)-[ties:KNOWS|COVERED_BY|MENTOR_OF|INFLUENCES|REPORTS_TO
        WHERE coalesce(ties.valid_from <= $as_of, true) AND coalesce(ties.valid_to > $as_of, true)
          AND coalesce(ties.use, 'open') = 'open' AND coalesce(ties.strength > 0, true)
          AND coalesce(ties.basis <> 'family', true) AND NOT coalesce(ties.coverage IN ['none', 'unknown'], false)
      ]-(next:Person&!FamilyMember)
      WHERE NOT next:Employee OR NOT EXISTS { // a chain begins with the last of ours on the way
        (next)-[job:WORKS_AT]->(:OwnFirm)
        WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
      }
    ){0,2}(person)
  RETURN {person: person, ties: ties} LIMIT $most
} AS walks
CALL (walks) { // many ends: the label of today tells most of ours at once, and these were ours on another day or will be
  WITH walks WHERE size(walks) > 50
  MATCH (:OwnFirm)<-[:WORKS_AT]-(person:Person&!Employee)
  RETURN collect(DISTINCT person) AS others
}
CALL (others, walks) {
  UNWIND walks AS walk
  WITH others, size(walks) <= 50 AS few, walk.person AS person, collect(walk.ties) AS ways
  CALL (others, few, person) {
    MATCH (person)-[tie:KNOWS|COVERED_BY|MENTOR_OF|INFLUENCES|REPORTS_TO]-(employee:Person)
    WHERE few OR employee:Employee OR employee IN others
    RETURN employee, collect(tie) AS known, [] AS contacts
    UNION ALL
    MATCH (person)<-[:WITH]-(contact:Interaction)-[:CONDUCTED_BY]->(employee:Person)
    WHERE contact.date <= $as_of AND contact.date > $as_of - duration({days: $days})
    RETURN employee, [] AS known, collect(DISTINCT contact) AS contacts
  }
  WITH person, ways, employee, contacts, [tie IN known WHERE
      coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
      AND coalesce(tie.use, 'open') = 'open' AND coalesce(tie.strength > 0, true)
      AND coalesce(tie.basis <> 'family', true) AND NOT coalesce(tie.coverage IN ['none', 'unknown'], false)
    ] AS first
  WHERE size(first) + size(contacts) > 0 AND EXISTS {
      (employee)-[job:WORKS_AT]->(:OwnFirm)
      WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
    }
  RETURN
    collect(ways + [first]) AS chains,
    collect([contact IN contacts |
      contact {.id, .kind, .mood, on: contact.date, person_id: person.id, employee_id: employee.id}]) AS met
}
RETURN
  COLLECT {
    UNWIND chains AS chain UNWIND chain AS way UNWIND way AS tie
    WITH DISTINCT tie
    OPTIONAL MATCH (source:Source {id: tie.source})
    RETURN tie {
      .id, .strength, .confidence, .coverage, .basis, .sensitivity, kind: type(tie), level: tie.level_now,
      one_id: startNode(tie).id, other_id: endNode(tie).id, about: coalesce(tie.context, tie.topic), source: source.name,
      last: coalesce(
        reduce(latest = null, day IN [tie.last_contact, tie.last_verified_at] |
          CASE WHEN day <= $as_of AND coalesce(latest < day, true) THEN day ELSE latest END),
        CASE WHEN source.date <= $as_of THEN source.date END
      )
    } ORDER BY tie.id
  } AS ties,
  COLLECT {
    UNWIND met AS some UNWIND some AS one
    RETURN one ORDER BY one.on DESC, one.id, one.person_id, one.employee_id
  } AS meetings,
  size(walks) < $most AS whole
