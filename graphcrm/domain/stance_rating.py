"""What several of ours think of one person's attitude, and how far apart they are (C1.8, C2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

SCALE = ("enemy", "non_supporter", "neutral", "supporter", "mentor")
"""From the worst attitude to the best; "unknown" is no place on it."""


@dataclass(frozen=True, slots=True)
class StanceRating:
    """One rating. ``support``: code of ``support``; "unknown" states that the employee cannot tell."""

    id: str
    employee_id: str
    employee_name: str
    on: date
    support: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart the ratings are.

    Attributes:
        worst, best: codes of the two ends. steps: places between them on :data:`SCALE`, 0 when all agree.
        middle: the median; the worse of the two in the middle of an even number.
        raters: how many could tell.
    """

    worst: str
    best: str
    middle: str
    steps: int
    raters: int


def latest(ratings: Iterable[StanceRating]) -> list[StanceRating]:
    """The newest rating of each employee, by name."""
    newest: dict[str, StanceRating] = {}
    for rating in sorted(ratings, key=lambda one: (one.on, one.id)):
        newest[rating.employee_id] = rating
    return sorted(newest.values(), key=lambda one: (one.employee_name, one.employee_id))


def spread(ratings: Sequence[StanceRating]) -> Spread | None:
    """How far apart the newest ratings are; None when nobody can tell."""
    places = sorted(SCALE.index(one.support) for one in latest(ratings) if one.support in SCALE)
    if not places:
        return None
    middle = places[(len(places) - 1) // 2]
    return Spread(SCALE[places[0]], SCALE[places[-1]], SCALE[middle], places[-1] - places[0], len(places))
