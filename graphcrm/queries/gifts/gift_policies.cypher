// The policies on gifts that apply: our own firm's, those of the employers, those of their countries.
MATCH (policy:GiftPolicy)
OPTIONAL MATCH (policy)-[:LIMITS]->(firm:Organization)
WITH policy, collect(firm.id) AS firm_ids
WHERE policy.scope = 'own_firm'
  OR (policy.scope = 'client' AND any(id IN firm_ids WHERE id IN $organization_ids))
  OR (policy.scope = 'country' AND policy.country IN $countries)
RETURN
  policy.id AS id,
  policy.name AS name,
  policy.scope AS scope,
  policy.currency AS currency,
  policy.limit_per_gift AS limit_per_gift,
  policy.limit_per_year AS limit_per_year,
  policy.limit_employer_per_year AS limit_employer_per_year,
  policy.approve_from AS approve_from,
  policy.approve_twice_from AS approve_twice_from,
  policy.text AS text,
  policy.origin AS origin
ORDER BY scope, name, id
