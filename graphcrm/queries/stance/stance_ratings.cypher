// What our people think of one person's attitude in one decision, up to a day. Blind: of others' ratings only their number is told, until this employee has given one from this account.
MATCH (person:Person {id: $person_id})
CALL (person) {
  MATCH (person)<-[:RATES]-(rating:StanceRating)
    WHERE rating.date <= $as_of AND EXISTS { (rating)-[:ABOUT]->(:Entity {id: $subject_id}) }
  MATCH (rating)-[:GIVEN_BY]->(employee:Person)
  RETURN rating, employee ORDER BY rating.date, rating.id
}
WITH collect({rating: rating, employee: employee}) AS found
WITH found, any(one IN found WHERE one.employee.id = $employee_id AND one.rating.account = $account) AS given
WITH found, CASE WHEN given THEN found ELSE [] END AS seen
RETURN
  COUNT { UNWIND found AS one RETURN DISTINCT one.employee.id } AS total,
  [one IN seen | one.rating.id] AS ids,
  [one IN seen | one.employee.id] AS employee_ids,
  [one IN seen | one.employee.name] AS employee_names,
  [one IN seen | one.rating.date] AS on,
  [one IN seen | one.rating.support] AS supports,
  [one IN seen | coalesce(one.rating.words, '')] AS words
