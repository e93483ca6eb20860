// Remember where a viewer has put cards of one layout of a client's power map, together with what was put before.
MERGE (layout:Entity {id: $layout_id})
SET layout:MapPosition, layout._lock = true
WITH layout, [place IN $places | place.id] AS given
WITH layout, given, [at IN range(0, size(coalesce(layout.node_ids, [])) - 1) WHERE NOT layout.node_ids[at] IN given] AS kept
SET layout.xs = [at IN kept | layout.xs[at]] + [place IN $places | place.x],
    layout.ys = [at IN kept | layout.ys[at]] + [place IN $places | place.y],
    layout.node_ids = [at IN kept | layout.node_ids[at]] + given
REMOVE layout._lock
