// People outside a client who influence, know or clash with somebody in it, and where they work, as of a day.
MATCH (client:Client {id: $client_id})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(:Person)-[tie:INFLUENCES|KNOWS|CONFLICTS_WITH|MENTOR_OF]-(person:Person)
  WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
    AND NOT EXISTS { (person)-[:WORKS_AT|STAKEHOLDER_IN]->(client) }
WITH DISTINCT person
OPTIONAL MATCH (person)-[job:WORKS_AT]->(firm:Organization)
  WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
WITH person, job, firm ORDER BY job.level, firm.id
WITH person, head(collect({title: job.title, id: firm.id, name: firm.name})) AS main
RETURN
  person.id AS id,
  person.name AS name,
  main.title AS title,
  main.id AS organization_id,
  main.name AS organization_name,
  person:FamilyMember AS is_family
ORDER BY name, id
