// Who some people are as of a day: their name, whether they are our own, their first place of work, and their latest stance towards us.
UNWIND $person_ids AS person_id
MATCH (person:Person {id: person_id})
RETURN
  person.id AS id,
  person.name AS name,
  person.status AS status,
  coalesce(person.presence, 'known') AS presence,
  person:FamilyMember AS is_family,
  EXISTS {
    (person)-[job:WORKS_AT]->(:OwnFirm)
    WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  } AS is_ours,
  head(COLLECT {
    MATCH (person)-[job:WORKS_AT]->(firm:Organization)
      WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
    RETURN firm {title: job.title, .name} ORDER BY job.level, firm.id
  }) AS job,
  COLLECT {
    MATCH (person)-[stake:STAKEHOLDER_IN]->(:Client|Deal)
      WHERE coalesce(stake.valid_from <= $as_of, true) AND coalesce(stake.valid_to > $as_of, true)
        AND stake.support <> 'unknown'
    RETURN [stake.support, stake.sensitivity] ORDER BY coalesce(stake.last_verified_at, stake.valid_from) DESC, stake.id
  } AS stances
ORDER BY id
