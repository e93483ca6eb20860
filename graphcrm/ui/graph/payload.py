"""A map as plain data for the browser. Equal maps give equal data, so that a rerun sends nothing new."""

from __future__ import annotations

from typing import Any

from graphcrm.drawing.card import card_shapes, card_size
from graphcrm.drawing.model import MapData, MapEdge, MapNode, Point


def map_payload(data: MapData) -> dict[str, Any]:
    """What paint.js and map.js draw. Ties with an end that is not on the map are left out."""
    ids = {node.id for node in data.nodes}
    return {
        "nodes": [_node(node, data.places[node.id]) for node in data.nodes],
        "edges": [_edge(edge) for edge in data.edges if edge.source in ids and edge.target in ids],
        "layout": data.layout,
        "backdrop": list(data.backdrop),
        "legend": {"shapes": list(data.legend), "width": data.legend_size[0], "height": data.legend_size[1]},
        "note": data.note,
        "labels": dict(data.labels),
    }


def _node(node: MapNode, place: Point) -> dict[str, Any]:
    width, height = card_size(node)
    return {
        "id": node.id,
        "x": round(place.x, 1),
        "y": round(place.y, 1),
        "w": width,
        "h": height,
        "name": node.name,
        "tooltip": list(node.tooltip),
        "full": card_shapes(node, "full"),
        "far": card_shapes(node, "far"),
    }


def _edge(edge: MapEdge) -> dict[str, Any]:
    return {
        "id": edge.id,
        "from": edge.source,
        "to": edge.target,
        "kind": edge.kind,
        "color": edge.color,
        "width": round(edge.width, 2),
        "dashed": edge.dashed,
        "route": edge.route,
        "arrow": edge.arrow,
        "lane": None if edge.lane is None else round(edge.lane, 1),
        "bend": round(edge.bend, 3),
        "label": edge.label,
        "tooltip": list(edge.tooltip),
    }
