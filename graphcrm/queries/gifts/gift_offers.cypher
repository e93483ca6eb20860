// The catalogue of gifts.
MATCH (offering:Offering)
RETURN
  offering.id AS id,
  offering.name AS name,
  offering.kind AS kind,
  offering.price AS price,
  offering.currency AS currency,
  offering.fits AS fits,
  offering.tags AS tags,
  offering.pieces AS pieces,
  offering.lead_days AS lead_days
ORDER BY name, id
