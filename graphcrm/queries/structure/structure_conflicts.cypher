// Who is at odds with whom among the people of a client, as of a day.
MATCH (client:Client {id: $client_id})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(one:Person)-[tie:CONFLICTS_WITH]->(other:Person)
  WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
    AND EXISTS { (other)-[:WORKS_AT|STAKEHOLDER_IN]->(client) }
RETURN DISTINCT
  tie.id AS id,
  one.id AS source_id,
  other.id AS target_id,
  tie.about AS reason,
  tie.confidence AS confidence,
  tie.sensitivity AS sensitivity
ORDER BY id
