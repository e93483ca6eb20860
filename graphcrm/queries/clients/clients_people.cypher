// The people of the given clients as of a day, with their jobs, roles and stance, in parallel lists.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)
WITH DISTINCT client, person
OPTIONAL MATCH (person)-[job:WORKS_AT]->(client)
  WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
OPTIONAL MATCH (person)-[stake:STAKEHOLDER_IN]->(client)
  WHERE coalesce(stake.valid_from <= $as_of, true) AND coalesce(stake.valid_to > $as_of, true)
WITH client, person, job, stake
WHERE job IS NOT NULL OR stake IS NOT NULL
ORDER BY person.id, job.id, stake.id
WITH client, collect({person: person, job: job, stake: stake}) AS found
RETURN
  client.id AS client_id,
  [one IN found | one.person.id] AS ids,
  [one IN found | one.person.name] AS names,
  [one IN found | coalesce(one.person.presence, 'known')] AS presences,
  [one IN found | one.job.level] AS levels,
  [one IN found | one.job.id] AS job_ids,
  [one IN found | one.job.valid_to] AS leave_on,
  [one IN found | one.stake.id] AS stake_ids,
  [one IN found | coalesce(one.stake.roles, [])] AS roles,
  [one IN found | one.stake.support] AS supports,
  [one IN found | one.stake.political_status] AS statuses,
  [one IN found | one.stake.confidence] AS confidences,
  [one IN found | one.stake.sensitivity] AS sensitivities
