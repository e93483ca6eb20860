// The days on which something of a client's power structure began or ended: jobs, stakes in it and its deals, reporting lines, influences, conflicts and contacts, with how many ties each.
MATCH (client:Client {id: $client_id})
CALL (client) {
  MATCH (client)<-[tie:WORKS_AT|STAKEHOLDER_IN]-(person:Person)
  RETURN tie, person AS other
  UNION
  MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(:Person)-[tie:REPORTS_TO|INFLUENCES|CONFLICTS_WITH|COVERED_BY]-(other:Person)
  RETURN tie, other
  UNION
  MATCH (client)<-[:FOR_CLIENT]-(:Deal)<-[tie:STAKEHOLDER_IN]-(other:Person)
  RETURN tie, other
}
WITH DISTINCT tie, other:FamilyMember AS is_family
UNWIND [tie.valid_from, tie.valid_to] AS day
WITH day, type(tie) AS kind, tie.sensitivity AS sensitivity, is_family, tie
WHERE day IS NOT NULL
RETURN day AS day, kind AS kind, sensitivity AS sensitivity, is_family AS is_family, count(DISTINCT tie) AS ties
ORDER BY day, kind
