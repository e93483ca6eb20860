"""The power map as SVG: the same shapes and routes as on the screen. Every text is escaped; nothing loads or runs.

Each text carries the length it was planned with, so that a viewer with another font squeezes it instead of letting it
run out of its card.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from graphcrm.drawing.card import card_shapes, card_size
from graphcrm.drawing.model import Look, MapData, MapEdge, Point
from graphcrm.drawing.palette import LIGHT, Palette
from graphcrm.drawing.route import CORNER, Box, route
from graphcrm.drawing.shapes import BOLD, Shape
from graphcrm.drawing.text import text_width

MARGIN = 40.0
FONT = "'Source Sans 3', Source Sans Pro, Graphcrm Sans, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"
_ANCHORS = {-1: "start", 0: "middle", 1: "end"}
_ILLEGAL = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


def map_svg(data: MapData, title: str, palette: Palette = LIGHT, look: Look = "full") -> str:
    """The whole map with its legend as an SVG document. ``look`` "far" has fewer and larger words on each card."""
    boxes = _boxes(data)
    left, top, width, height = svg_frame(data)
    corner = f'x="{left:.1f}" y="{top:.1f}"'
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}" font-family={quoteattr(FONT)}>',
        f"<title>{_words(title)}</title>",
        f'<rect {corner} width="{width:.1f}" height="{height:.1f}" fill="{palette.canvas}"/>',
        *(_shape(shape, palette) for shape in data.backdrop),
    ]
    ties = [edge for edge in data.edges if edge.source in boxes and edge.target in boxes]
    parts += [_tie(edge, route(edge, boxes[edge.source], boxes[edge.target]), palette) for edge in ties]
    for node in data.nodes:
        at = boxes[node.id]
        inside = "".join(_shape(shape, palette) for shape in card_shapes(node, look))
        told = _words(" · ".join(node.tooltip) or node.name)
        parts.append(f'<g transform="translate({at.x:.1f} {at.y:.1f})"><title>{told}</title>{inside}</g>')
    key = "".join(_shape(shape, palette) for shape in data.legend)
    below = top + height - MARGIN - data.legend_size[1]
    return "\n".join([*parts, f'<g transform="translate({left + MARGIN:.1f} {below:.1f})">{key}</g>', "</svg>", ""])


def shapes_svg(shapes: Iterable[Shape], size: tuple[float, float], title: str, palette: Palette = LIGHT) -> str:
    """Shapes on a canvas of this size as an SVG document, beginning at its upper left corner."""
    width, height = size
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
            f'viewBox="0 0 {width:.1f} {height:.1f}" font-family={quoteattr(FONT)}>',
            f"<title>{_words(title)}</title>",
            f'<rect width="{width:.1f}" height="{height:.1f}" fill="{palette.canvas}"/>',
            *(_shape(shape, palette) for shape in shapes),
            "</svg>",
            "",
        ]
    )


def svg_frame(data: MapData) -> tuple[float, float, float, float]:
    """Left, top, width and height of the picture that :func:`map_svg` draws, in pixels at zoom 1."""
    left, top, right, bottom = _bounds(data, _boxes(data).values())
    width = max(right - left, data.legend_size[0]) + 2 * MARGIN
    height = bottom - top + 2 * MARGIN + (data.legend_size[1] + MARGIN if data.legend else 0)
    return left - MARGIN, top - MARGIN, width, height


def _boxes(data: MapData) -> dict[str, Box]:
    return {node.id: Box(data.places[node.id].x, data.places[node.id].y, *card_size(node)) for node in data.nodes}


def _bounds(data: MapData, boxes: Iterable[Box]) -> tuple[float, float, float, float]:
    frames = [(at.x - at.width / 2, at.y - at.height / 2, at.x + at.width / 2, at.y + at.height / 2) for at in boxes]
    frames += [(s[1], s[2], s[1] + s[3], s[2] + s[4]) for s in data.backdrop if s[0] == "r"]
    if not frames:
        return -200.0, -100.0, 200.0, 100.0
    columns = list(zip(*frames, strict=True))
    return min(columns[0]), min(columns[1]), max(columns[2]), max(columns[3])


def _shape(shape: Shape, palette: Palette) -> str:
    kind, *values = shape
    if kind == "r":
        x, y, width, height, radius, fill, stroke, line, dash = values
        dashes = ' stroke-dasharray="6 4"' if dash else ""
        rounded = min(radius, width / 2, height / 2)
        return (
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{rounded}"{_fill(fill, palette)}'
            f"{_stroke(stroke, line, palette)}{dashes}/>"
        )
    if kind == "c":
        x, y, radius, fill, stroke, line = values
        return f'<circle cx="{x}" cy="{y}" r="{radius}"{_fill(fill, palette)}{_stroke(stroke, line, palette)}/>'
    if kind == "l":
        x1, y1, x2, y2, color, line = values
        return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{_stroke(color, line, palette)}/>'
    return _text(values, palette)


def _text(values: list, palette: Palette) -> str:
    x, y, words, size, weight, color, width, align = values
    planned = min(text_width(words, size, bold=weight == BOLD), width)
    length = f' textLength="{planned:.1f}" lengthAdjust="spacingAndGlyphs"' if len(words) > 3 else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{_ANCHORS[align]}"'
        f"{_fill(color, palette)}{length}>{_words(words)}</text>"
    )


def _fill(token: str, palette: Palette) -> str:
    return f' fill="{palette.resolve(token) or "none"}"'


def _stroke(token: str, width: float, palette: Palette) -> str:
    return f' stroke="{palette.resolve(token)}" stroke-width="{width}"' if token else ""


def _words(text: str) -> str:
    """Text that XML takes, whatever it holds: characters that XML forbids are left out."""
    return escape(text.translate(_ILLEGAL))


def _tie(edge: MapEdge, points: list[Point], palette: Palette) -> str:
    dashes = f' stroke-dasharray="{4 + 2 * edge.width:.1f} {3 + 1.5 * edge.width:.1f}"' if edge.dashed else ""
    way = _corners(points) if edge.route in ("bracket", "side") else _arc(points)
    drawn = f'<path d="{way}" fill="none"{_stroke(edge.color, round(edge.width, 2), palette)}{dashes}/>'
    tip = _arrow(points, 8 + 2 * edge.width, palette.resolve(edge.color)) if edge.arrow else ""
    return f"<g><title>{_words(' · '.join(edge.tooltip))}</title>{drawn}{tip}</g>"


def _arc(points: list[Point]) -> str:
    a, b, c = points
    return f"M{a.x:.1f} {a.y:.1f}Q{b.x:.1f} {b.y:.1f} {c.x:.1f} {c.y:.1f}"


def _corners(points: list[Point]) -> str:
    """A line through right angles with small round corners."""
    way = f"M{points[0].x:.1f} {points[0].y:.1f}"
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        first, last = _towards(at, before), _towards(at, after)
        way += f"L{first.x:.1f} {first.y:.1f}Q{at.x:.1f} {at.y:.1f} {last.x:.1f} {last.y:.1f}"
    return way + f"L{points[-1].x:.1f} {points[-1].y:.1f}"


def _towards(at: Point, other: Point) -> Point:
    """The point a corner's radius away from ``at``, or half-way when that is nearer."""
    away = math.hypot(other.x - at.x, other.y - at.y)
    share = min(CORNER, away / 2) / away if away else 0.0
    return Point(at.x + (other.x - at.x) * share, at.y + (other.y - at.y) * share)


def _arrow(points: list[Point], size: float, color: str) -> str:
    before, tip = points[-2], points[-1]
    angle = math.atan2(tip.y - before.y, tip.x - before.x)
    wings = [(tip.x + size * math.cos(angle + turn), tip.y + size * math.sin(angle + turn)) for turn in (2.7, -2.7)]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in ((tip.x, tip.y), *wings))
    return f'<polygon points="{corners}" fill="{color}"/>'
