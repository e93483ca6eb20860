"""The legend of a map as shapes: what the colours, lines and badges mean. It goes with every exported picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graphcrm.drawing.card import coverage_bars
from graphcrm.drawing.shapes import BOLD, REGULAR, Shape, box, circle, line, shifted, words
from graphcrm.drawing.text import text_width

HEIGHT = 26.0
GAP = 22.0
SIZE = 13.0
SWATCH = 30.0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One thing the legend explains. ``sign``: dot, line, dashed, ring, gap or bars; ``color`` of dots and lines."""

    sign: str
    text: str
    color: str = "ink"


def legend(entries: Sequence[LegendEntry], width: float) -> tuple[tuple[Shape, ...], tuple[float, float]]:
    """The entries in lines no wider than ``width`` pixels: the shapes from the upper left corner on, and the size."""
    shapes: list[Shape] = []
    x = y = widest = 0.0
    for entry in entries:
        length = SWATCH + 8 + text_width(entry.text, SIZE)
        if x > 0 and x + length > width:
            x, y = 0.0, y + HEIGHT
        shapes += [shifted(shape, x, y + HEIGHT / 2) for shape in _sign(entry)]
        at = (x + SWATCH + 8, y + HEIGHT / 2 + 4.5)
        shapes.append(words(at, entry.text, (SIZE, REGULAR), "ink", text_width(entry.text, SIZE) + 2))
        x += length + GAP
        widest = max(widest, x - GAP)
    return tuple(shapes), (widest, y + HEIGHT if entries else 0.0)


def _sign(entry: LegendEntry) -> list[Shape]:
    """The sign, in a field of SWATCH pixels, round its middle line."""
    if entry.sign == "dot":
        return [circle((SWATCH / 2, 0), 6, entry.color)]
    if entry.sign == "line":
        return [line((0, 0), (SWATCH, 0), entry.color, 2.5)]
    if entry.sign == "dashed":
        return [line((start, 0), (start + 7, 0), entry.color, 2.5) for start in (0, 11, 22)]
    if entry.sign == "ring":
        number = words((SWATCH / 2, 4.5), "1", (12, BOLD), "on_accent", 16, 0)
        return [circle((SWATCH / 2, 0), 10, "accent"), number]
    if entry.sign == "gap":
        badge = box((2, -9, 26, 18), "warn", radius=9)
        return [badge, words((SWATCH / 2, 4.3), "?2", (12, BOLD), "on_warn", 22, 0)]
    return coverage_bars(6, 7, 2)
