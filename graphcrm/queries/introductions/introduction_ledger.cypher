// Who introduced us to whom, up to a day, and what came of it: the introductions that lead to some people or were asked of them, newest first.
UNWIND $person_ids AS person_id
MATCH (person:Person {id: person_id})<-[:ASKED_OF|LEADS_TO]-(entry:Introduction)
WHERE coalesce(entry.asked_on <= $as_of, true)
WITH DISTINCT entry
MATCH (entry)-[:ASKED_OF]->(introducer:Person)
MATCH (entry)-[:LEADS_TO]->(introduced:Person)
OPTIONAL MATCH (entry)-[:DONE_BY]->(employee:Person)
RETURN
  entry.id AS id,
  entry.status AS status,
  entry.asked_on AS asked_on,
  entry.made_on AS made_on,
  entry.outcome AS outcome,
  introducer.id AS introducer_id,
  introducer.name AS introducer_name,
  introducer:FamilyMember OR introduced:FamilyMember AS is_family,
  introduced.id AS introduced_id,
  introduced.name AS introduced_name,
  employee.id AS employee_id,
  employee.name AS employee_name
ORDER BY asked_on DESC, id
