// The people of a client as of a day: who works there, and who has a standing stake in its decisions without working there.
MATCH (client:Client {id: $client_id})
MATCH (person:Person)-[:WORKS_AT|STAKEHOLDER_IN]->(client)
WITH DISTINCT client, person
OPTIONAL MATCH (person)-[job:WORKS_AT]->(client)
  WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
OPTIONAL MATCH (person)-[stake:STAKEHOLDER_IN]->(client)
  WHERE coalesce(stake.valid_from <= $as_of, true) AND coalesce(stake.valid_to > $as_of, true)
WITH client, person, job, stake
WHERE job IS NOT NULL OR stake IS NOT NULL
OPTIONAL MATCH (source:Source {id: stake.source})
RETURN
  person.id AS id,
  person.name AS name,
  person.latin_name AS latin_name,
  person.status AS status,
  coalesce(person.presence, 'known') AS presence,
  job.title AS title,
  job.level AS level,
  job.id AS works_at_id,
  job.valid_to AS leaves_on,
  head(COLLECT {
    MATCH (person)-[member:BELONGS_TO]->(unit:Unit)-[:PART_OF]->{1,6}(client)
      WHERE coalesce(member.valid_from <= $as_of, true) AND coalesce(member.valid_to > $as_of, true)
    RETURN unit {.id, .name} ORDER BY unit.id
  }) AS unit,
  coalesce(stake.roles, []) AS roles,
  stake.support AS support,
  stake.political_status AS political_status,
  stake.interest AS interest,
  stake.id AS stakeholder_id,
  stake.confidence AS confidence,
  source.name AS source,
  coalesce(stake.last_verified_at, source.date) AS last_verified,
  stake.sensitivity AS sensitivity,
  COLLECT {
    MATCH (person)-[role:STAKEHOLDER_IN]->(deal:Deal)-[:FOR_CLIENT]->(client)
      WHERE deal.closed IS NULL
        AND coalesce(role.valid_from <= $as_of, true) AND coalesce(role.valid_to > $as_of, true)
    RETURN deal.id ORDER BY deal.id
  } AS open_deal_ids,
  COUNT {
    MATCH (person)<-[:WITH]-(contact:Interaction)
      WHERE contact.date > $as_of - duration({months: 12}) AND contact.date <= $as_of
  } AS interactions_last_year
ORDER BY level, name, id
