// Which of our people met some people up to a day: how often, when last, and in which mood.
UNWIND $person_ids AS person_id
MATCH (person:Person {id: person_id})<-[:WITH]-(contact:Interaction)-[:CONDUCTED_BY]->(employee:Person)
WHERE contact.date <= $as_of AND employee.id IN $team_ids
WITH person, employee, contact ORDER BY contact.date DESC, contact.id
WITH person, employee, count(contact) AS contacts, head(collect(contact)) AS latest
RETURN
  latest.id AS id,
  person.id AS person_id,
  employee.id AS employee_id,
  contacts AS contacts,
  latest.date AS last,
  latest.mood AS mood
ORDER BY last DESC, id
