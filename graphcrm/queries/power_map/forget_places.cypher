// Forget where a viewer has put the cards of one layout of a client's power map.
MATCH (layout:Entity {id: $layout_id})
WHERE layout:MapPosition
DETACH DELETE layout
