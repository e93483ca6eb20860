// Who works at clients or has a stake there as of a day: whether they live and work, what they are officially, until when, and whether a tender is open there.
MATCH (client:Client)<-[place:WORKS_AT|STAKEHOLDER_IN]-(person:Person)
WHERE coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
  AND NOT person:Employee
WITH DISTINCT client, person
RETURN
  client.id AS client_id,
  client.name AS client_name,
  client.country AS country,
  client.official_status AS client_status,
  COLLECT {
    MATCH (client)<-[:FOR_CLIENT]-(deal:Deal)
      WHERE deal.tender_open = true OR (deal.stage = 'tender' AND deal.tender_open IS NULL)
    RETURN {opened: deal.opened, closed: deal.closed}
  } AS tenders,
  person.id AS person_id,
  person.name AS person_name,
  coalesce(person.status, 'active') AS status,
  coalesce(person.presence, 'known') AS presence,
  person.official_status AS official_status,
  person.birth_date AS birth_date,
  person.unwanted_gifts AS unwanted,
  person.mourning_until AS mourning_until,
  person:FamilyMember AS is_family,
  head(COLLECT {
    MATCH (person)-[job:WORKS_AT]->(client) WHERE job.valid_to > $as_of RETURN job.valid_to ORDER BY job.valid_to DESC
  }) AS leaves_on
ORDER BY client_name, client_id, person_name, person_id
