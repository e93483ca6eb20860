"""Where cards go on the power-and-support picture: support across, power up.

After the power-interest matrix (Mendelow 1991) as key-account practice reads it: who has power, and is he for us? Each
attitude has a band of its own; within a band height is power. Cards that would overlap move aside within their band
first and only then down, so that the order of power within a column always holds. Unknown is not neutral and not zero:
an unknown attitude has its own band, an unknown power its own strip at the foot.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphcrm.domain.layout_boxes import Place, Size

GAP = 18.0
BAND_PADDING = 14.0
STRIP_GAP = 60.0
EMPTY_SHARE = 0.7
"""Width of a band with nobody in it, as a share of one card's."""
LEAST_HEIGHT = 900.0


@dataclass(frozen=True, slots=True)
class Band:
    """The band of one attitude: its code and where it begins and ends across."""

    code: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Quadrant:
    """The finished picture. Power 1 is at ``top``, 0 at ``bottom``; ``strip`` is the upper edge of the strip of unknown
    power, None when everybody's is known. ``end`` is the lower edge of everything."""

    places: dict[str, Place]
    bands: tuple[Band, ...]
    top: float
    bottom: float
    strip: float | None
    end: float


def power_quadrant(
    people: Mapping[str, tuple[float | None, str]], sizes: Mapping[str, Size], codes: Sequence[str]
) -> Quadrant:
    """Places for everybody in ``people``.

    Args:
        people: power (0-1, None when not known) and the code of the attitude, by id.
        sizes: width and height of each card.
        codes: the attitudes from left to right; a person's code that is not among them counts as the last one.
    """
    cell = (
        max((sizes[card][0] for card in people), default=200.0) + GAP,
        max((sizes[card][1] for card in people), default=100.0) + GAP,
    )
    of_band: dict[str, list[str]] = {code: [] for code in codes}
    for card, (_power, code) in people.items():
        of_band[code if code in of_band else codes[-1]].append(card)
    busiest = max((len(cards) for cards in of_band.values()), default=0)
    height = max(LEAST_HEIGHT, math.ceil(math.sqrt(busiest) * 1.4) * cell[1])
    strip = height + STRIP_GAP if any(power is None for power, _ in people.values()) else None
    places: dict[str, Place] = {}
    bands: list[Band] = []
    left = 0.0
    for code in codes:
        columns = _columns(of_band[code], people, cell, height)
        _set_columns(columns, left + BAND_PADDING, cell, places)
        unknown = [card for card in of_band[code] if people[card][0] is None]
        wide = max(len(columns), math.ceil(math.sqrt(len(unknown))), 1)
        for index, card in enumerate(unknown):
            x = left + BAND_PADDING + (index % wide + 0.5) * cell[0]
            places[card] = Place(x, (strip or height) + (index // wide + 0.5) * cell[1] + GAP)
        room = wide * cell[0] if of_band[code] else cell[0] * EMPTY_SHARE
        right = left + room + 2 * BAND_PADDING
        bands.append(Band(code, left, right))
        left = right
    end = max([place.y + cell[1] / 2 for place in places.values()], default=height)
    return Quadrant(places, tuple(bands), -cell[1] / 2, height + cell[1] / 2, strip, max(end, height + cell[1] / 2))


def _columns(
    cards: Sequence[str], people: Mapping[str, tuple[float | None, str]], cell: Size, height: float
) -> list[list[tuple[str, float]]]:
    """The cards of a band in columns, each with its height: as few columns as keep everyone near their power."""
    ranked = sorted((card for card in cards if people[card][0] is not None), key=lambda card: -(people[card][0] or 0.0))
    for count in range(1, len(ranked) + 1):
        columns, worst = _filled(ranked, people, (count, cell[1]), height)
        if worst <= cell[1] * 1.5 or count >= math.ceil(math.sqrt(len(ranked))):
            return columns
    return []


def _filled(
    ranked: Sequence[str], people: Mapping[str, tuple[float | None, str]], grid: tuple[int, float], height: float
) -> tuple[list[list[tuple[str, float]]], float]:
    """Cards put one after the other into the column where they need move least; and the largest move."""
    count, step = grid
    columns: list[list[tuple[str, float]]] = [[] for _ in range(count)]
    worst = 0.0
    for card in ranked:
        wanted = height * (1.0 - min(max(people[card][0] or 0.0, 0.0), 1.0))
        at = [max(wanted, column[-1][1] + step) if column else wanted for column in columns]
        chosen = min(range(count), key=lambda index: (at[index], index))
        columns[chosen].append((card, at[chosen]))
        worst = max(worst, at[chosen] - wanted)
    _lifted(columns, step, height)
    return columns, worst


def _lifted(columns: list[list[tuple[str, float]]], step: float, height: float) -> None:
    """Columns that ran out at the foot, pushed up again."""
    for column in columns:
        limit = height
        for index in range(len(column) - 1, -1, -1):
            card, y = column[index]
            column[index] = (card, min(y, limit))
            limit = column[index][1] - step


def _set_columns(
    columns: Sequence[Sequence[tuple[str, float]]], left: float, cell: Size, places: dict[str, Place]
) -> None:
    for index, column in enumerate(columns):
        for card, y in column:
            places[card] = Place(left + (index + 0.5) * cell[0], y)
