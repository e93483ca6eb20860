// The useful dates of a person and of the firms where they work on a day: occasions for a gift.
MATCH (person:Person {id: $person_id})<-[:DATE_OF]-(occasion:UsefulDate)
RETURN occasion.id AS id, occasion.name AS name, occasion.kind AS kind, occasion.date AS on,
       coalesce(occasion.recurs, true) AS recurs, true AS of_person
UNION
MATCH (person:Person {id: $person_id})-[job:WORKS_AT]->(:Client)<-[:DATE_OF]-(occasion:UsefulDate)
WHERE coalesce(job.valid_from <= $as_of, true) AND coalesce(job.valid_to > $as_of, true)
RETURN occasion.id AS id, occasion.name AS name, occasion.kind AS kind, occasion.date AS on,
       coalesce(occasion.recurs, true) AS recurs, false AS of_person
