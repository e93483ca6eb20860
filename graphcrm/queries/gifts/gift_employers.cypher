// Where some people work or have a standing stake on a day, our own firm left out, with what rules look at: country, official status and the deals for which a tender is or was open.
MATCH (person:Person)-[place:WORKS_AT|STAKEHOLDER_IN]->(firm:Organization)
WHERE person.id IN $person_ids AND NOT firm:OwnFirm
  AND coalesce(place.valid_from <= $as_of, true) AND coalesce(place.valid_to > $as_of, true)
WITH firm, collect(DISTINCT person.id) AS person_ids
RETURN
  firm.id AS id,
  firm.name AS name,
  coalesce(firm.country, head(COLLECT { MATCH (firm)-[:IN_REGION]->(region:Region) RETURN region.country })) AS country,
  firm.official_status AS official_status,
  person_ids,
  COLLECT {
    MATCH (firm)<-[:FOR_CLIENT]-(deal:Deal)
      WHERE deal.tender_open = true OR (deal.stage = 'tender' AND deal.tender_open IS NULL)
    RETURN {opened: deal.opened, closed: deal.closed}
  } AS tenders
ORDER BY id
