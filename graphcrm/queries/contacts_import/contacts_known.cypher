// Which of these contacts are recorded already.
UNWIND $ids AS wanted
MATCH (contact:Entity {id: wanted})
WHERE contact:Interaction
RETURN contact.id AS id
