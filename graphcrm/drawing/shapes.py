"""The four shapes that everything on a map is drawn with: in the browser, in SVG and in the one-file page.

A shape is a list that goes into JSON as it is. Coordinates are relative to the node's centre, or to the map's origin.

    ["r", x, y, width, height, radius, fill, stroke, line_width, dash]   a rectangle; dash 1 or 0
    ["c", x, y, radius, fill, stroke, line_width]                        a circle
    ["l", x1, y1, x2, y2, colour, line_width]                            a line
    ["t", x, baseline, words, size, weight, colour, width, align]        words no wider than width; align -1, 0 or 1
"""

from __future__ import annotations

from typing import Any

Shape = list[Any]
REGULAR, BOLD = 400, 600

_LENGTHS = {"r": (1, 2, 3, 4, 5, 8), "c": (1, 2, 3, 6), "l": (1, 2, 3, 4, 6), "t": (1, 2, 4, 7)}


def box(
    frame: tuple[float, float, float, float],
    fill: str,
    *,
    radius: float = 0,
    outline: tuple[str, float] = ("", 0),
    dash: bool = False,
) -> Shape:
    """A rectangle. ``frame`` is x, y, width, height; ``outline`` is its colour and width."""
    return ["r", *(_r(value) for value in frame), radius, fill, *outline, int(dash)]


def circle(at: tuple[float, float], radius: float, fill: str, outline: tuple[str, float] = ("", 0)) -> Shape:
    """A circle round ``at``."""
    return ["c", _r(at[0]), _r(at[1]), radius, fill, *outline]


def line(start: tuple[float, float], end: tuple[float, float], color: str, width: float) -> Shape:
    """A straight line."""
    return ["l", *(_r(value) for value in (*start, *end)), color, width]


def words(
    at: tuple[float, float], text: str, font: tuple[float, int], color: str, width: float, align: int = -1
) -> Shape:
    """One line of text. ``font`` is size and weight; ``align`` is -1 from ``at`` on, 0 round it, 1 up to it."""
    return ["t", _r(at[0]), _r(at[1]), text, *font, color, _r(width), align]


def scaled(shape: Shape, factor: float) -> Shape:
    """The shape, larger or smaller by a factor."""
    lengths = _LENGTHS[shape[0]]
    return [_r(value * factor) if index in lengths else value for index, value in enumerate(shape)]


def shifted(shape: Shape, x: float, y: float) -> Shape:
    """The shape, moved."""
    by = {1: x, 2: y, 3: x, 4: y} if shape[0] == "l" else {1: x, 2: y}
    return [_r(value + by[index]) if index in by else value for index, value in enumerate(shape)]


def _r(value: float) -> float:
    return round(value, 1)
