// All policies on gifts and hospitality: our own firm's, those of clients, those of countries, each with its limits and the firms that it holds for.
MATCH (policy:GiftPolicy)
RETURN
  policy.id AS id,
  policy.name AS name,
  policy.scope AS scope,
  policy.country AS country,
  COLLECT { MATCH (policy)-[:LIMITS]->(firm:Organization) RETURN firm.id } AS firm_ids,
  policy.currency AS currency,
  policy.limit_per_gift AS limit_per_gift,
  policy.limit_per_year AS limit_per_year,
  policy.limit_employer_per_year AS limit_employer_per_year,
  policy.approve_from AS approve_from,
  policy.approve_twice_from AS approve_twice_from,
  policy.text AS text,
  policy.origin AS origin
ORDER BY scope, name, id
