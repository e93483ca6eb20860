// The people who work at some clients on a day, with birth date, gender, titles and interests: whose birthdays, dates of hobbies, days of professions and holidays there are (C2.4, C3.1, C3.4).
MATCH (client:Client)<-[job:WORKS_AT]-(person:Person)
WHERE client.id IN $client_ids
  AND coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
WITH person, client, collect(DISTINCT job.title) AS titles
RETURN
  person.id AS person_id,
  person.name AS person_name,
  person.status AS status,
  person.gender AS gender,
  person.patronymic AS patronymic,
  titles,
  person.birth_date AS birth_date,
  client.id AS client_id,
  EXISTS { (person)<-[:DATE_OF]-(:UsefulDate {kind: 'birthday'}) } AS has_birthday,
  COLLECT {
    MATCH (person)-[tie:INTERESTED_IN]->(interest:Interest)
    RETURN {name: interest.name, name_ru: interest.name_ru, sensitivity: tie.sensitivity, use: tie.use}
      ORDER BY interest.name
  } AS interests,
  COLLECT {
    MATCH (person)-[tie:COVERED_BY]->(employee:Employee)
      WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
    RETURN {id: employee.id, name: employee.name, sensitivity: tie.sensitivity} ORDER BY employee.name
  } AS covered_by
ORDER BY person_id, client_id
