// Some people as rules of goodwill see them on a day: status, what is not to be given, mourning, and how good the relation with each of ours is.
UNWIND $person_ids AS wanted
MATCH (person:Person {id: wanted})
RETURN DISTINCT
  person.id AS id,
  person.name AS name,
  coalesce(person.status, 'active') AS status,
  coalesce(person.presence, 'known') AS presence,
  person.official_status AS official_status,
  person.birth_date AS birth_date,
  person.unwanted_gifts AS unwanted,
  person.mourning_until AS mourning_until,
  person:FamilyMember AS is_relative,
  EXISTS {
    MATCH (person)-[job:WORKS_AT]->(:OwnFirm)
      WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
  } AS is_ours,
  COLLECT {
    MATCH (person)-[tie:COVERED_BY]->(:Employee)
      WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
        AND tie.level_now IS NOT NULL
    RETURN DISTINCT tie.level_now
  } AS levels
