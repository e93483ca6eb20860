"""The tables of an event as a picture: who sits where, our own people marked, what is amiss in words and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graphcrm.drawing.palette import LIGHT, Palette
from graphcrm.drawing.shapes import BOLD, REGULAR, Shape, box, circle, shifted, words
from graphcrm.drawing.svg import shapes_svg
from graphcrm.drawing.text import ellipsise

NAME_WIDTH = 172.0
BOARD = 64.0
ROW = 36.0
HEAD = 34.0
GAP = 26.0
MARGIN = 16.0
WIDTH = 2 * NAME_WIDTH + BOARD + 56
RED = "#b3322e"


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody at a table. ``note``: what is amiss, in a word or two; "" when nothing is."""

    name: str
    under: str = ""
    is_ours: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableCard:
    """A table with its heading and who sits there."""

    title: str
    places: tuple[Place, ...]
    seats: int


def seating_svg(
    tables: Sequence[TableCard], title: str, palette: Palette = LIGHT, columns: int = 3
) -> tuple[str, float, float]:
    """The picture as SVG with its width and height in pixels."""
    shapes: list[Shape] = []
    x, y, tallest = MARGIN, MARGIN, 0.0
    across = max(1, min(columns, len(tables)))
    for number, table in enumerate(tables):
        if number and number % across == 0:
            x, y, tallest = MARGIN, y + tallest + GAP, 0.0
        drawn, height = _table(table)
        shapes += [shifted(shape, x, y) for shape in drawn]
        tallest = max(tallest, height)
        x += WIDTH + GAP
    width = across * (WIDTH + GAP) - GAP + 2 * MARGIN
    height = y + tallest + MARGIN
    return shapes_svg(shapes, (width, height), title, palette), width, height


def _mixed(places: Sequence[Place]) -> list[Place]:
    """Our people apart from each other round the table: evenly among the others."""
    ours, theirs = [one for one in places if one.is_ours], [one for one in places if not one.is_ours]
    spread = [(number * len(places) / max(len(ours), 1), one) for number, one in enumerate(ours)]
    spread += [((number + 0.5) * len(places) / max(len(theirs), 1), one) for number, one in enumerate(theirs)]
    return [one for _at, one in sorted(spread, key=lambda pair: pair[0])]


def _table(table: TableCard) -> tuple[list[Shape], float]:
    places = _mixed(table.places)
    seats = max(table.seats, len(places), 2)
    rows = (seats + 1) // 2
    height = HEAD + rows * ROW + 14
    left, right = NAME_WIDTH + 28, NAME_WIDTH + 28 + BOARD
    shapes = [
        box((0, 0, WIDTH, height), "surface", radius=10, outline=("line", 1)),
        words((14, 23), ellipsise(table.title, WIDTH - 28, 15, bold=True), (15, BOLD), "ink", WIDTH - 28),
        box((left, HEAD + 4, BOARD, rows * ROW - 6), "soft:#8a6d3b", radius=18, outline=("line", 1)),
    ]
    for seat in range(seats):
        row, on_left = seat // 2, seat % 2 == 0
        y = HEAD + row * ROW + ROW / 2 - 1
        edge = left - 9 if on_left else right + 9
        place = places[seat] if seat < len(places) else None
        shapes.append(_chair((edge, y), place))
        if place is not None:
            shapes += _words(place, edge + (-13 if on_left else 13), y, -1 if not on_left else 1)
    return shapes, height


def _chair(at: tuple[float, float], place: Place | None) -> Shape:
    if place is None:
        return circle(at, 5, "", ("line", 1.5))
    if place.note:
        return circle(at, 6, RED)
    return circle(at, 6, "accent" if place.is_ours else "#2f7fb8")


def _words(place: Place, x: float, y: float, align: int) -> list[Shape]:
    weight = BOLD if place.is_ours else REGULAR
    name = ellipsise(place.name, NAME_WIDTH, 13, bold=place.is_ours)
    under = ellipsise(place.note or place.under, NAME_WIDTH, 11)
    colour = f"text:{RED}" if place.note else "muted"
    return [
        words((x, y + (0 if under else 4)), name, (13, weight), "ink", NAME_WIDTH, align),
        *([words((x, y + 14), under, (11, REGULAR), colour, NAME_WIDTH, align)] if under else []),
    ]
