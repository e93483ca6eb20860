// The countries of a client and of our own firm, with the part of the country where it is known: whose public holidays an event together avoids.
CALL () {
  MATCH (firm:Entity&Organization {id: $client_id}) RETURN firm
  UNION
  MATCH (firm:OwnFirm) RETURN firm
}
RETURN DISTINCT
  coalesce(firm.country, head(COLLECT { MATCH (firm)-[:IN_REGION]->(region:Region) RETURN region.country })) AS country,
  head(COLLECT { MATCH (firm)-[:IN_REGION]->(region:Region) RETURN region.subdivision }) AS subdivision
ORDER BY country, subdivision
