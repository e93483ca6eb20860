// The clients that a firm is a partner or an owner of, or that own it, as of a day (D2).
MATCH (partner:Organization {id: $partner_id})-[tie:PARTNER_OF|OWNS]-(client:Client)
WHERE client <> partner AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
RETURN DISTINCT
  tie.id AS tie_id,
  type(tie) AS kind,
  tie.kind AS detail,
  client.id AS client_id,
  client.name AS client_name,
  tie.sensitivity AS sensitivity
ORDER BY client_name, tie_id
