// The useful dates of a person. A date is partial text; the hobby it belongs to is named where there is one.
MATCH (person:Person {id: $person_id})<-[:DATE_OF]-(occasion:UsefulDate)
OPTIONAL MATCH (occasion)-[:LINKED_TO]->(interest:Interest)
RETURN
  occasion.id AS id,
  occasion.name AS name,
  occasion.kind AS kind,
  occasion.date AS on,
  coalesce(occasion.recurs, true) AS recurs,
  interest.name AS interest
ORDER BY on, id
