// Where a viewer has put the cards of one layout of a client's power map.
MATCH (layout:MapPosition {id: $layout_id})
RETURN layout.node_ids AS ids, layout.xs AS xs, layout.ys AS ys
