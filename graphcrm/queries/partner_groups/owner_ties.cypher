// Who owns whom on the chains of at most four ties of ownership that lead to a client, as of a day, with confidence and source; of a large clientele, to the first clients by name (D2). Our own firm is left out.
MATCH (client:Client)
USING INDEX client:Client(name)
WHERE client.name >= ''
WITH client ORDER BY client.name, client.id
LIMIT $clients
MATCH (client) (
  ()<-[ties:OWNS WHERE coalesce(ties.valid_from <= $as_of, true) AND coalesce(ties.valid_to > $as_of, true)]-(:!OwnFirm)
){1,4} ()
UNWIND ties AS tie
WITH DISTINCT tie
LIMIT $most
WITH tie, startNode(tie) AS owner, endNode(tie) AS owned
OPTIONAL MATCH (source:Source {id: tie.source})
RETURN
  tie.id AS tie_id,
  owner.id AS owner_id,
  owner.name AS owner_name,
  owner:Person AS is_person,
  owner:FamilyMember AS is_family,
  owned.id AS owned_id,
  owned.name AS owned_name,
  owned:Client AS is_client,
  tie.percent AS percent,
  tie.confidence AS confidence,
  source.name AS source,
  coalesce(tie.last_verified_at, source.date) AS last_verified,
  tie.sensitivity AS sensitivity
ORDER BY owner_name, owned_name, tie_id
