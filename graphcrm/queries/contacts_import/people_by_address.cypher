// Who has one of these e-mail addresses (in lower case), ours and theirs, with the clients where they work on a day.
UNWIND $addresses AS address
// The index knows an address by its words, in any case.
CALL db.index.fulltext.queryNodes('person_emails', '"' + replace(replace(address, '\\', '\\\\'), '"', '\\"') + '"') YIELD node AS person
WITH DISTINCT address, person
WHERE toLower(person.email) = address
RETURN
  address AS address,
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
