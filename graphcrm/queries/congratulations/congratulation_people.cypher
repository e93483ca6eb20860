// How some people are addressed and reached, whether they wish to be congratulated, and to whom they are married on a day (C3.1-C3.4).
UNWIND $person_ids AS wanted
MATCH (person:Person {id: wanted})
RETURN
  person.id AS id,
  person.name AS name,
  person.given_name AS given_name,
  person.patronymic AS patronymic,
  person.family_name AS family_name,
  person.gender AS gender,
  person.language AS language,
  person.status AS status,
  coalesce(person.presence, 'known') AS presence,
  coalesce(person.no_congratulations, false) AS no_congratulations,
  person.mourning_until AS mourning_until,
  person.email AS email,
  person.phone AS phone,
  person.preferred_channel AS preferred_channel,
  COLLECT {
    MATCH (person)-[marriage:SPOUSE_OF]-(spouse:Person)
      WHERE coalesce(marriage.valid_from <= $as_of, true) AND coalesce(marriage.valid_to > $as_of, true)
        AND marriage.until IS NULL AND coalesce(spouse.status, 'active') <> 'deceased'
    RETURN {
      name: spouse.name, given_name: spouse.given_name, patronymic: spouse.patronymic, gender: spouse.gender,
      sensitivity: marriage.sensitivity
    } ORDER BY spouse.id
  } AS spouses
ORDER BY id
