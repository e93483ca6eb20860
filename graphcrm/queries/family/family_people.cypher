// Relatives by id, with what tells a child from a grown-up and whether they work at a client, a partner, a competitor, a public body or with us on a day.
MATCH (person:Person)
WHERE person.id IN $person_ids
RETURN
  person.id AS id,
  person.name AS name,
  person.given_name AS given_name,
  person.family_name AS family_name,
  person.patronymic AS patronymic,
  person.gender AS gender,
  person.birth_date AS birth_date,
  person.status AS status,
  person.official_status AS official_status,
  [name IN ['email', 'phone', 'home_city', 'education', 'career', 'temperament', 'values', 'likes', 'dislikes']
    WHERE person[name] IS NOT NULL] AS details,
  COLLECT {
    MATCH (person)-[job:WORKS_AT]->(firm:Organization)
      WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
    RETURN {
      tie_id: job.id, organization_id: firm.id, organization_name: firm.name, title: job.title,
      client: firm:Client, partner: firm:Partner, competitor: firm:Competitor, ours: firm:OwnFirm,
      official_status: firm.official_status, sensitivity: job.sensitivity
    } ORDER BY firm.name, job.id
  } AS jobs
ORDER BY id
