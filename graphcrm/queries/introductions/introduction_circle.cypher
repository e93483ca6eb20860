// Who knows a person, and who knows those, as of a day: the ties over which an introduction may go. Kinship, conflict and what is not open for use are never walked; nor is what only says that nobody of ours is in touch.
MATCH (target:Person {id: $person_id})
MATCH (target)(
    (:Person&!FamilyMember)-[ties:KNOWS|COVERED_BY|MENTOR_OF|INFLUENCES|REPORTS_TO
      WHERE coalesce(ties.valid_from <= $as_of, true) AND coalesce(ties.valid_to > $as_of, true)
        AND coalesce(ties.use, 'open') = 'open' AND coalesce(ties.strength > 0, true)
        AND coalesce(ties.basis <> 'family', true) AND NOT coalesce(ties.coverage IN ['none', 'unknown'], false)
    ]-(:Person&!FamilyMember)
  ){1,2}()
UNWIND ties AS tie
WITH DISTINCT tie
LIMIT $most
OPTIONAL MATCH (source:Source {id: tie.source})
RETURN
  tie.id AS id,
  type(tie) AS kind,
  startNode(tie).id AS one_id,
  endNode(tie).id AS other_id,
  tie.strength AS strength,
  tie.confidence AS confidence,
  coalesce(
    reduce(latest = null, day IN [tie.last_contact, tie.last_verified_at] |
      CASE WHEN day <= $as_of AND coalesce(latest < day, true) THEN day ELSE latest END),
    CASE WHEN source.date <= $as_of THEN source.date END
  ) AS last,
  coalesce(tie.context, tie.topic) AS about,
  tie.coverage AS coverage,
  tie.level_now AS level,
  tie.basis AS basis,
  source.name AS source,
  tie.sensitivity AS sensitivity
ORDER BY id
