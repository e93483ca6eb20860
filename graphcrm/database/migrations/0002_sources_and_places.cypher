// Sources are looked up from every tie that names one; saved places of cards by the id of their layout.
CREATE INDEX source_id IF NOT EXISTS FOR (n:Source) ON (n.id);
CREATE INDEX map_position_id IF NOT EXISTS FOR (n:MapPosition) ON (n.id);
