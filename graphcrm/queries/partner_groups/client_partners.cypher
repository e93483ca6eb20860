// Which firms each client is tied to as a partner or by ownership, as of a day; of a large clientele, the first clients by name (D2). A tie between two clients is told once, the one it starts from being the firm. Competitors and our own firm are left out.
MATCH (client:Client)
USING INDEX client:Client(name)
WHERE client.name >= ''
WITH client ORDER BY client.name, client.id
LIMIT $clients
MATCH (client)-[tie:PARTNER_OF|OWNS]-(firm:Organization&!OwnFirm)
WHERE firm <> client AND coalesce(tie.valid_from <= $as_of, true) AND coalesce(tie.valid_to > $as_of, true)
  AND coalesce(tie.kind <> 'competitor', true) AND (NOT firm:Client OR startNode(tie) = firm)
WITH DISTINCT client, tie, firm
LIMIT $most
RETURN
  tie.id AS tie_id,
  type(tie) AS kind,
  client.id AS client_id,
  client.name AS client_name,
  firm.id AS firm_id,
  firm.name AS firm_name,
  firm:Client AS firm_is_client,
  tie.sensitivity AS sensitivity
ORDER BY client_name, firm_name, client_id, tie_id
