// The ties of a person to other people on a day, in both directions: bosses, reports, influence, conflict, acquaintance, family. `outgoing` tells the direction.
MATCH (person:Person {id: $person_id})-[tie:REPORTS_TO|INFLUENCES|CONFLICTS_WITH|KNOWS|MENTOR_OF|SPOUSE_OF|PARENT_OF|SIBLING_OF|GUARDIAN_OF]-(other:Person)
WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
OPTIONAL MATCH (source:Source {id: tie.source})
RETURN
  tie.id AS id,
  type(tie) AS type,
  startNode(tie) = person AS outgoing,
  other.id AS other_id,
  other.name AS other_name,
  other:FamilyMember AS other_is_family,
  head(COLLECT {
    MATCH (other)-[job:WORKS_AT]->(firm:Organization)
      WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
    RETURN {title: job.title, organization_id: firm.id, organization_name: firm.name} ORDER BY job.level, firm.id
  }) AS other_job,
  tie.line AS line,
  tie.strength AS strength,
  tie.basis AS basis,
  coalesce(tie.topic, tie.about, tie.context) AS about,
  tie.confidence AS confidence,
  source.name AS source,
  coalesce(tie.last_verified_at, source.date) AS last_verified,
  tie.sensitivity AS sensitivity,
  tie.use AS use
ORDER BY type, strength DESC, other_name, id
