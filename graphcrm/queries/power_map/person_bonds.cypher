// People whom some people of a power map know, sway, guide or clash with, wherever they work, as of a day.
UNWIND $node_ids AS node_id
MATCH (node:Person {id: node_id})
MATCH (node)-[tie:KNOWS|INFLUENCES|MENTOR_OF|CONFLICTS_WITH]-(person:Person)
WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
WITH DISTINCT tie, person ORDER BY person.name, tie.id LIMIT $most
OPTIONAL MATCH (person)-[job:WORKS_AT]->(firm:Organization)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
WITH tie, person, job, firm ORDER BY job.level, firm.id
WITH tie, person, head(collect({title: job.title, firm: firm.name})) AS main
RETURN
  tie.id AS id,
  startNode(tie).id AS source_id,
  endNode(tie).id AS target_id,
  type(tie) AS kind,
  tie.strength AS strength,
  person.id AS person_id,
  person.name AS person_name,
  main.title AS person_title,
  main.firm AS firm_name,
  person:FamilyMember AS is_family,
  tie.sensitivity AS sensitivity
