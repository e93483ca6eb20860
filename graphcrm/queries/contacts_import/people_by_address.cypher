// Who has one of these e-mail addresses (in lower case), ours and theirs, with the clients where they work on a day.
MATCH (person:Person)
WHERE toLower(person.email) IN $addresses
RETURN
  toLower(person.email) AS address,
  person.id AS id,
  person.name AS name,
  person:Employee AS is_ours,
  person:FamilyMember AS is_family,
  COLLECT {
    MATCH (person)-[place:WORKS_AT|STAKEHOLDER_IN]->(client:Client)
      WHERE coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
    RETURN DISTINCT client.id ORDER BY client.id
  } AS client_ids
ORDER BY address, id
