// What is known of some clients as of a day (A5.1-A5.5), one row per fact: each person, tie, unit, partner link, owner and plan, with the names of its filled fields, its codes, and when it was last verified.
UNWIND $client_ids AS client_id
MATCH (client:Client {id: client_id})
CALL (client) {
  RETURN client AS fact, client.id AS subject_id, 'Organization' AS kind, [] AS codes, false AS dated
  UNION ALL
  MATCH (client)<-[:PART_OF]-(unit:Unit)
  RETURN unit AS fact, client.id AS subject_id, 'Unit' AS kind, [] AS codes, false AS dated
  UNION ALL
  MATCH (client)<-[:PLAN_OF]-(plan:Plan)
  RETURN plan AS fact, client.id AS subject_id, 'Plan' AS kind, [plan.kind] AS codes, true AS dated
  UNION ALL
  MATCH (client)-[link:PARTNER_OF]-(:Organization)
    WHERE coalesce(link.valid_from <= $as_of, true) AND coalesce(link.valid_to > $as_of, true)
  RETURN link AS fact, client.id AS subject_id, 'PARTNER_OF' AS kind, [link.kind] AS codes, true AS dated
  UNION ALL
  MATCH (client)<-[share:OWNS|SITS_ON]-()
    WHERE coalesce(share.valid_from <= $as_of, true) AND coalesce(share.valid_to > $as_of, true)
  RETURN share AS fact, client.id AS subject_id, type(share) AS kind, [share.body] AS codes, true AS dated
  UNION ALL
  MATCH (client)<-[stake:WORKS_AT|STAKEHOLDER_IN]-(person:Person)
    WHERE coalesce(stake.valid_from <= $as_of, true) AND coalesce(stake.valid_to > $as_of, true)
  UNWIND [person.id, client.id] AS subject_id
  RETURN stake AS fact, subject_id AS subject_id, type(stake) AS kind, coalesce(stake.roles, []) + [toString(stake.level)] AS codes, true AS dated
  UNION ALL
  MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)
  WITH DISTINCT person
  RETURN person AS fact, person.id AS subject_id, 'Person' AS kind, [] AS codes, false AS dated
  UNION ALL
  MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(person:Person)
  WITH DISTINCT person
  MATCH (person)-[tie:INFLUENCES|REPORTS_TO|BELONGS_TO]-(other)
    WHERE (type(tie) = 'INFLUENCES' OR startNode(tie) = person)
      AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
  RETURN tie AS fact, person.id AS subject_id, type(tie) AS kind, [] AS codes, true AS dated
}
OPTIONAL MATCH (source:Source {id: fact.source})
RETURN
  client_id AS client_id,
  fact.id AS id,
  kind AS kind,
  subject_id AS subject_id,
  [name IN keys(fact) WHERE NOT fact[name] IN ['unknown', '', []]] AS properties,
  [code IN codes WHERE code IS NOT NULL] AS codes,
  coalesce(fact.last_verified_at, source.date) AS verified,
  dated AS dated,
  fact.sensitivity AS sensitivity
ORDER BY client_id, kind, subject_id, id
