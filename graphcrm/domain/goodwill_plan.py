"""The goodwill plan of a client for a quarter (C3): who gets which gesture when, within a budget; and what came after.

Words before gifts: nobody is given a gift before words. The cheapest adequate gesture first: one that the rules call
fitting, else one that they call possible, and of those the one that costs least. Nobody gets two gestures within
:data:`APART_DAYS`. Who has more power over the decision comes first when the budget is short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

APART_DAYS = 21
A_DAY = 2
FEW = 10
"""With fewer people on either side nothing is said about a difference."""
_MARKS = {"fitting": 0, "possible": 1}
_SUPPORTS = ("enemy", "non_supporter", "neutral", "supporter", "mentor")
"""From the least to the most favourable; not known is on no side."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """Something that could be done for one person on one day.

    Attributes:
        kind: code of ``action_kind``. method: of the goodwill catalogue. cost: in the currency of the budget; 0: words.
        mark: ``fitting`` or ``possible``; what is not correct is not offered.
        occasion_id: of the useful date; "" without an occasion.
    """

    person_id: str
    on: date
    kind: str
    method: str
    cost: Decimal = Decimal(0)
    mark: str = "fitting"
    approvals: int = 0
    occasion_id: str = ""
    occasion: str = ""
    offering_id: str = ""
    offering: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure with what could be done.

    Attributes:
        last: the last gesture before the quarter. planned: days of those that somebody has planned already.
    """

    person_id: str
    name: str
    power: float
    gestures: tuple[Gesture, ...]
    last: date | None = None
    planned: tuple[date, ...] = ()

    @property
    def taken(self) -> list[date]:
        """Days of the gestures that are there already."""
        return [*self.planned, *([self.last] if self.last else [])]


@dataclass(frozen=True, slots=True)
class Left:
    """Why somebody gets less than they could: code of a sentence with its fields."""

    person_id: str
    name: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class GoodwillPlan:
    """The plan: gestures by day, what they cost, and who is left with less."""

    gestures: tuple[Gesture, ...]
    cost: Decimal
    left: tuple[Left, ...]


def plan_quarter(figures: Sequence[Figure], budget: Decimal | None) -> GoodwillPlan:
    """Words for everybody first, then what costs, the most powerful first, while the budget lasts.

    Args:
        budget: None is no money at all: words alone.
    """
    order = sorted(figures, key=lambda one: (-one.power, one.name))
    taken: list[Gesture] = []
    left: list[Left] = []
    for figure in order:
        words = _cheapest(figure, taken, Decimal(0))
        if words:
            taken.append(words)
        else:
            left.append(Left(figure.person_id, figure.name, "plan_no_words"))
    room = budget or Decimal(0)
    for figure in order:
        first = next((one for one in taken if one.person_id == figure.person_id), None)
        if first is None:
            continue
        costly = [one for one in figure.gestures if one.cost > 0 and one.on > first.on]
        gift = _cheapest(replace(figure, gestures=tuple(costly)), taken, room)
        if gift:
            taken.append(gift)
            room -= gift.cost
        elif costly:
            cheapest = min(one.cost for one in costly)
            code = "plan_budget" if cheapest > room else "plan_too_close"
            left.append(Left(figure.person_id, figure.name, code, {"cost": str(cheapest)}))
    spent = sum((one.cost for one in taken), Decimal(0))
    return GoodwillPlan(tuple(sorted(taken, key=lambda one: (one.on, one.person_id))), spent, tuple(left))


def _cheapest(figure: Figure, taken: Sequence[Gesture], room: Decimal) -> Gesture | None:
    """The cheapest adequate gesture that the room pays for; words only when it pays for nothing."""
    own = [one.on for one in taken if one.person_id == figure.person_id]
    days = [*own, *figure.taken]
    able = [
        one for one in figure.gestures
        if one.cost <= room and one.mark in _MARKS and all(abs((one.on - day).days) >= APART_DAYS for day in days)
    ]  # fmt: skip
    crowd = Counter(one.on for one in taken)

    def order(one: Gesture) -> tuple[int, Decimal, bool, bool, date, str]:
        # Spread in time: a day on which two others get something comes last.
        return _MARKS[one.mark], one.cost, crowd[one.on] >= A_DAY, not one.occasion_id, one.on, one.method

    return min(able, key=order, default=None)


def spread(begin: date, end: date, count: int) -> list[date]:
    """``count`` working days spread evenly over a span, for gestures without an occasion."""
    step = (end - begin).days / (count + 1)
    days = [begin + timedelta(days=round(step * number)) for number in range(1, count + 1)]
    return [day - timedelta(days=max(0, day.weekday() - 4)) if day.weekday() > 4 else day for day in days]


@dataclass(frozen=True, slots=True)
class After:
    """A key figure before and after: attitudes (codes of ``support``), strength of the best relation 0-10 or None."""

    person_id: str
    name: str
    gestures: int
    support_before: str
    support_after: str
    strength_before: float | None
    strength_after: float | None

    @property
    def turned(self) -> int | None:
        """1 more favourable, -1 less, 0 as before; None where either is not known."""
        if self.support_before not in _SUPPORTS or self.support_after not in _SUPPORTS:
            return None
        change = _SUPPORTS.index(self.support_after) - _SUPPORTS.index(self.support_before)
        return (change > 0) - (change < 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened after the gestures. ``code``: the sentence; it never says that they caused it."""

    people: tuple[After, ...]
    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


def outcome(people: Sequence[After]) -> Outcome:
    """The sentence about those with gestures beside those without: too few to tell, or how many turned on each side."""
    with_, without = ([one for one in people if bool(one.gestures) is side and one.turned is not None]
                      for side in (True, False))  # fmt: skip
    params = {"count": len(with_), "others": len(without), "least": FEW}
    if not any(one.gestures for one in people):
        return Outcome(tuple(people), "outcome_none", params)
    if len(with_) < FEW or len(without) < FEW:
        return Outcome(tuple(people), "outcome_too_few", {**params, "turned": _turned(with_), "back": _back(with_)})
    same = _turned(with_) * len(without) == _turned(without) * len(with_)
    told = {**params, "turned": _turned(with_), "turned_others": _turned(without)}
    return Outcome(tuple(people), "outcome_same" if same else "outcome_differs", told)


def _turned(people: Iterable[After]) -> int:
    return sum(one.turned == 1 for one in people)


def _back(people: Iterable[After]) -> int:
    return sum(one.turned == -1 for one in people)
