// Who influences the people of the given clients as of a day, in parallel lists. The source may stand outside the client.
UNWIND $client_ids AS wanted
MATCH (client:Client {id: wanted})
MATCH (client)<-[:WORKS_AT|STAKEHOLDER_IN]-(target:Person)<-[tie:INFLUENCES]-(origin:Person)
  WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
WITH DISTINCT client, target, tie, origin
ORDER BY tie.id
WITH client, collect(tie) AS found, collect(origin.id) AS source_ids, collect(target.id) AS target_ids
RETURN
  client.id AS client_id,
  [tie IN found | tie.id] AS ids,
  source_ids AS source_ids,
  target_ids AS target_ids,
  [tie IN found | tie.strength] AS strengths,
  [tie IN found | tie.confidence] AS confidences,
  [tie IN found | tie.sensitivity] AS sensitivities
