// Who influences the people of a client, as of a day: each tie with its strength, basis and proof. The source may stand outside the client.
MATCH (client:Client {id: $client_id})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(target:Person)<-[tie:INFLUENCES]-(origin:Person)
  WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
OPTIONAL MATCH (source:Source {id: tie.source})
RETURN DISTINCT
  tie.id AS id,
  origin.id AS source_id,
  target.id AS target_id,
  tie.strength AS strength,
  tie.basis AS basis,
  tie.confidence AS confidence,
  tie.topic AS topic,
  source.name AS source,
  coalesce(tie.last_verified_at, source.date) AS last_verified,
  tie.sensitivity AS sensitivity,
  tie.use AS use
ORDER BY id
