// Partners, owners, holdings and bodies around some firms and people of a power map, as of a day.
UNWIND $node_ids AS node_id
MATCH (node:Entity {id: node_id})
MATCH (node)-[tie:PARTNER_OF|OWNS|SITS_ON]-(firm:Organization)
WHERE coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
WITH DISTINCT tie, firm ORDER BY firm.name, tie.id LIMIT $most
RETURN
  tie.id AS id,
  startNode(tie).id AS source_id,
  endNode(tie).id AS target_id,
  type(tie) AS kind,
  tie.kind AS detail,
  tie.percent AS amount,
  firm.id AS firm_id,
  firm.name AS firm_name,
  firm:Client AS is_client,
  tie.sensitivity AS sensitivity
