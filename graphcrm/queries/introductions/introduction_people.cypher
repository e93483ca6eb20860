// Who some people are as of a day: whether they are our own, their first place of work, their stance towards us, latest first; those of them to whom nothing is walked (kin over up to four family ties, people at odds, and those of whom a tie is marked "do not use"); and the introductions that lead to them or were asked of them.
UNWIND $person_ids AS person_id
MATCH (person:Person {id: person_id})
WITH person, COLLECT {
  MATCH (person)-[job:WORKS_AT]->(firm:Organization)
  WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  RETURN firm {title: job.title, .name, is_ours: firm:OwnFirm} ORDER BY job.level, firm.id
} AS jobs
WITH person, head(jobs) AS job, any(job IN jobs WHERE job.is_ours) AS is_ours
RETURN
  person.id AS id,
  person.name AS name,
  person.status AS status,
  coalesce(person.presence, 'known') AS presence,
  person:FamilyMember AS is_family,
  is_ours,
  job,
  COLLECT {
    MATCH (person)-[stake:STAKEHOLDER_IN]->(:Client|Deal)
      WHERE NOT is_ours AND coalesce(stake.valid_from <= $as_of, true) AND coalesce(stake.valid_to > $as_of, true)
        AND stake.support <> 'unknown'
    RETURN [stake.support, stake.sensitivity] ORDER BY coalesce(stake.last_verified_at, stake.valid_from) DESC, stake.id
  } AS stances,
  COLLECT {
    MATCH (person)-[:SPOUSE_OF|PARENT_OF|SIBLING_OF|GUARDIAN_OF]-{1,4}(other:Person)
    WHERE NOT is_ours AND other.id IN $person_ids
    RETURN other.id AS other_id
    UNION
    MATCH (person)-[tie:CONFLICTS_WITH|INFLUENCES|KNOWS|MENTOR_OF|COVERED_BY]-(other:Person)
    WHERE NOT is_ours AND other.id IN $person_ids
      AND (
        tie.basis = 'family'
        OR (
          coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
          AND (type(tie) = 'CONFLICTS_WITH' OR tie.use = 'do_not_use')
        )
      )
    RETURN other.id AS other_id
  } AS barred_ids,
  COLLECT {
    MATCH (person)<-[:ASKED_OF|LEADS_TO]-(entry:Introduction)
    WHERE NOT is_ours AND coalesce(entry.asked_on <= $as_of, true)
    WITH DISTINCT entry
    MATCH (entry)-[:ASKED_OF]->(introducer:Person)
    MATCH (entry)-[:LEADS_TO]->(introduced:Person)
    OPTIONAL MATCH (entry)-[:DONE_BY]->(employee:Person)
    RETURN entry {
      .id, .status, .asked_on, .made_on, .outcome,
      introducer_id: introducer.id, introducer_name: introducer.name,
      introduced_id: introduced.id, introduced_name: introduced.name,
      is_family: introducer:FamilyMember OR introduced:FamilyMember,
      employee_id: employee.id, employee_name: employee.name
    }
  } AS introductions
ORDER BY id
