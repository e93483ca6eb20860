// Which of our people know some people, as of a day: the ties with which an introduction may begin.
UNWIND $person_ids AS person_id
MATCH (person:Person {id: person_id})-[tie:KNOWS|COVERED_BY|MENTOR_OF|INFLUENCES]-(employee:Person)
WHERE EXISTS {
        (employee)-[job:WORKS_AT]->(:OwnFirm)
        WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
      }
      AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
      AND coalesce(tie.use, 'open') = 'open' AND coalesce(tie.strength > 0, true)
      AND coalesce(tie.basis <> 'family', true) AND NOT coalesce(tie.coverage IN ['none', 'unknown'], false)
OPTIONAL MATCH (source:Source {id: tie.source})
WITH DISTINCT tie, source
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
