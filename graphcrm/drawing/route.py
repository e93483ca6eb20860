"""Where a tie runs between two cards. paint.js runs the same arithmetic on the live positions.

Brackets are corners to be joined by lines (drawn with small round corners); curves are one quadratic Bézier arc, cut
where it leaves and enters the cards.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphcrm.drawing.model import MapEdge, Point

DROP = 22.0
"""From the bus of a bracket down to the cards under it, in pixels; half the space between two levels."""
GUTTER = 14.0
"""From the vertical lane of a bracket to the left side of the cards along it."""
CORNER = 7.0
"""Radius of a bracket's corners."""


@dataclass(frozen=True, slots=True)
class Box:
    """A card's place: its centre and its size."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, point: Point) -> bool:
        """True for a point inside."""
        return abs(point.x - self.x) < self.width / 2 and abs(point.y - self.y) < self.height / 2


def route(edge: MapEdge, start: Box, end: Box) -> list[Point]:
    """The points a tie runs through: corners for a bracket, else start, control point and end of a quadratic arc."""
    if edge.route == "bracket":
        return _bracket(start, end, edge.lane)
    if edge.route == "side":
        return _side(start, end)
    return _curve(start, end, 0.0 if edge.route == "straight" else edge.bend)


def _bracket(boss: Box, report: Box, lane: float | None) -> list[Point]:
    """Down from the boss to the bus, along it, and down into the report; round a row of cards by its lane."""
    foot, head = boss.y + boss.height / 2, report.y - report.height / 2
    corners = [Point(boss.x, foot)]
    if lane is None:
        corners += [Point(boss.x, head - DROP), Point(report.x, head - DROP)]
    else:
        x = boss.x + lane
        corners += [
            Point(boss.x, foot + DROP),
            Point(x, foot + DROP),
            Point(x, head - DROP),
            Point(report.x, head - DROP),
        ]
    return [*corners, Point(report.x, head)]


def _side(boss: Box, report: Box) -> list[Point]:
    """Down from the boss, along the left of a column of cards, and into the report's side."""
    foot, left = boss.y + boss.height / 2, report.x - report.width / 2
    lane = left - GUTTER
    return [
        Point(boss.x, foot),
        Point(boss.x, foot + DROP),
        Point(lane, foot + DROP),
        Point(lane, report.y),
        Point(left, report.y),
    ]


def _curve(start: Box, end: Box, bend: float) -> list[Point]:
    """A quadratic arc from centre to centre, bent to the left of its direction, cut at the borders of the cards."""
    a, c = Point(start.x, start.y), Point(end.x, end.y)
    b = Point((a.x + c.x) / 2 + (c.y - a.y) * bend, (a.y + c.y) / 2 - (c.x - a.x) * bend)
    leave = _border(a, b, c, start, 0.0, 1.0)
    enter = _border(a, b, c, end, 1.0, 0.0)
    return _part(a, b, c, leave, enter) if leave < enter else [a, b, c]


def _at(a: Point, b: Point, c: Point, t: float) -> Point:
    s = 1 - t
    return Point(s * s * a.x + 2 * s * t * b.x + t * t * c.x, s * s * a.y + 2 * s * t * b.y + t * t * c.y)


def _border(a: Point, b: Point, c: Point, card: Box, inside: float, outside: float) -> float:
    """The share of the way at which the arc crosses the card's border, found by halving."""
    for _step in range(14):
        middle = (inside + outside) / 2
        if card.holds(_at(a, b, c, middle)):
            inside = middle
        else:
            outside = middle
    return outside


def _part(a: Point, b: Point, c: Point, first: float, last: float) -> list[Point]:
    """The part of a quadratic arc between two shares of its way, by de Casteljau's scheme (the arc's blossom)."""
    x = _blossom(a.x, b.x, c.x, first, last)
    y = _blossom(a.y, b.y, c.y, first, last)
    return [_at(a, b, c, first), Point(x, y), _at(a, b, c, last)]


def _blossom(a: float, b: float, c: float, first: float, last: float) -> float:
    return (1 - first) * ((1 - last) * a + last * b) + first * ((1 - last) * b + last * c)
