// How much is known of every client as of a day (A5.1-A5.5): of how many of its people the role, the attitude to us, the level, the boss and an influence are known, and how many units, partner links, owners and plans.
MATCH (client:Client)
CALL (client) {
  MATCH (client)<-[tie:WORKS_AT|STAKEHOLDER_IN]-(person:Person)
    WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
  WITH person, collect(tie) AS own
  RETURN
    count(person) AS people,
    count(CASE WHEN any(tie IN own WHERE size(coalesce(tie.roles, [])) > 0) THEN 1 END) AS with_role,
    count(CASE WHEN any(tie IN own WHERE coalesce(tie.support, 'unknown') <> 'unknown') THEN 1 END) AS with_attitude,
    count(CASE WHEN any(tie IN own WHERE tie.level IS NOT NULL) THEN 1 END) AS with_level,
    count(CASE WHEN EXISTS { (person)-[:REPORTS_TO]->() } THEN 1 END) AS with_boss,
    count(CASE WHEN EXISTS { (person)-[:INFLUENCES]-() } THEN 1 END) AS with_influence
}
RETURN
  client.id AS client_id,
  client.name AS client_name,
  people AS people,
  with_role AS with_role,
  with_attitude AS with_attitude,
  with_level AS with_level,
  with_boss AS with_boss,
  with_influence AS with_influence,
  COUNT { (client)<-[:PART_OF]-(:Unit) } AS units,
  COUNT { (client)-[:PARTNER_OF]-(:Organization) } AS partner_links,
  COUNT { (client)<-[:OWNS]-() } AS owners,
  COUNT { (client)<-[:PLAN_OF]-(:Plan) } AS plans,
  client.org_system IS NOT NULL AS with_org_system
ORDER BY client_name, client_id
