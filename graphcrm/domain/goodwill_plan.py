"""The goodwill plan of a client for a quarter (C3): who gets which gesture when, by whom of ours, within a budget.

Words before gifts: nobody is given a gift before words. The cheapest adequate gesture first: one that the rules call
fitting, else one that they call possible, and of those the one that costs least: words, then an invitation to an event
that takes place anyway, then a gift. Nobody gets two gestures within :data:`APART_DAYS`; one of ours has one a week, as
far as the dates allow. Who has more power over the decision comes first when the budget is short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from graphcrm.domain.goodwill_rules import Verdict
from graphcrm.domain.money import Money
from graphcrm.domain.score import Reason

APART_DAYS = 21
A_DAY = 2
_MARKS = {"fitting": 0, "possible": 1}
WORDS = ("condolence", "words", "card", "useful")
"""Methods that cost nothing to speak of, the one that is tried first at the head."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """Something that could be done for one person on one day.

    Attributes:
        kind: code of ``action_kind``. method: of the goodwill catalogue. cost: in the currency of the budget; 0: words.
        mark: ``fitting`` or ``possible``; what is not correct is not offered. verdict: why.
        occasion_id: of the useful date; "" without one. occasion_key: of the occasion in the calendar.
        occasion_on: the day of the occasion itself; ``on`` is the working day before, where that is a day off.
        own: the occasion is the person's, not their firm's or country's.
        item_id, item: the gift of the catalogue, or the event. event_on: its day.
        fits: what is known of the person that the gift fits. score: of the gift, 0-1. given: they had this gift before.
    """

    person_id: str
    on: date
    kind: str
    method: str
    cost: Decimal = Decimal(0)
    mark: str = "fitting"
    occasion_id: str = ""
    occasion: str = ""
    occasion_key: str = ""
    occasion_on: date | None = None
    own: bool = False
    item_id: str = ""
    item: str = ""
    event_on: date | None = None
    fits: tuple[str, ...] = ()
    score: float = 0.0
    given: bool = False
    verdict: Verdict | None = None

    @property
    def approvals(self) -> int:
        """How many others have to agree."""
        return self.verdict.approvals if self.verdict else 0

    @property
    def choice(self) -> str:
        """What it is, whatever its day: the method, or the gift or event."""
        return f"{self.kind}:{self.item_id}" if self.item_id else self.method


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure with what could be done.

    Attributes:
        last: the last gesture before the quarter. planned: days of those that stand in the quarter already.
        words_on: the first of them that costs nothing; has_more: whether a gift or an invitation is among them.
        owner_id: who of ours does it; "" where nobody is in touch.
        barred: why nothing at all may be done. no_gift: why no gift is fitting.
        unwanted: asked not to be congratulated.
    """

    person_id: str
    name: str
    power: float
    gestures: tuple[Gesture, ...]
    last: date | None = None
    planned: tuple[date, ...] = ()
    words_on: date | None = None
    has_more: bool = False
    owner_id: str = ""
    barred: tuple[Reason, ...] = ()
    no_gift: tuple[Reason, ...] = ()
    unwanted: bool = False

    @property
    def taken(self) -> list[date]:
        """Days of the gestures that are there already."""
        return [*self.planned, *([self.last] if self.last else [])]


@dataclass(frozen=True, slots=True)
class Step:
    """A gesture that is in the plan.

    Attributes:
        part: "words", or "more" for what comes after words. reasons: why this one, on this day.
        notes: codes of what to mind: ``step_same_week``, ``step_too_close``, ``step_no_words``.
    """

    gesture: Gesture
    owner_id: str
    part: str
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same as long as the plan has a step of this part for this person."""
        return f"{self.gesture.person_id}:{self.part}"


@dataclass(frozen=True, slots=True)
class Left:
    """Why somebody gets less than they could: code of a sentence with its fields.

    Attributes:
        why: of ``plan_no_gift``. instead: what could be added in place of a gift; it is the user who does.
    """

    person_id: str
    name: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    why: tuple[Reason, ...] = ()
    instead: tuple[Gesture, ...] = ()

    @property
    def step_id(self) -> str:
        """The step that what is added becomes."""
        return f"{self.person_id}:more"


@dataclass(frozen=True, slots=True)
class GoodwillPlan:
    """The steps by day, what the gifts cost together, and who gets less than they could, with why."""

    steps: tuple[Step, ...]
    cost: Decimal
    left: tuple[Left, ...]


Busy = Mapping[str, Iterable[date]]
"""Who of ours -> the days on which they have a gesture planned already, here or elsewhere."""


def plan_quarter(figures: Sequence[Figure], budget: Money | None, busy: Busy | None = None) -> GoodwillPlan:
    """Words for everybody, then an invitation or, the most powerful first, a gift that the budget pays for.

    Args:
        budget: None is no money at all: words and invitations alone.
    """
    order = sorted(figures, key=lambda one: (-one.power, one.name))
    planner = _Planner(budget.amount if budget else Decimal(0), busy or {})
    left = []
    # A birthday has its week; who has none takes one that is free.
    for figure in sorted(order, key=lambda one: not any(able.own for able in one.gestures if able.cost == 0)):
        able = [one for one in figure.gestures if one.method in WORDS]
        if figure.words_on is None and not planner.take(figure, "words", able):
            left.append(_no_words(figure))
        elif figure.unwanted:
            left.append(Left(figure.person_id, figure.name, "plan_asked_not"))
    for figure in order:
        words = figure.words_on or planner.words_of(figure)
        if words is None:
            continue
        after = [one for one in figure.gestures if one.method not in WORDS and one.on > words]
        if figure.has_more:
            left.append(Left(figure.person_id, figure.name, "plan_stands"))
        elif not planner.take(figure, "more", [one for one in after if one.cost == 0]) and budget is not None:
            left += _gift(planner, figure, [one for one in after if one.cost > 0], budget.currency)
    steps = noted(planner.steps, {one.person_id: one.taken for one in figures}, busy or {})
    return GoodwillPlan(steps, cost_of(steps), tuple(left))


def cost_of(steps: Iterable[Step]) -> Decimal:
    """What the steps cost together."""
    return sum((one.gesture.cost for one in steps), Decimal(0))


def _gift(planner: _Planner, figure: Figure, gifts: Sequence[Gesture], currency: str) -> Iterator[Left]:
    """Put a gift into the plan; else the reason why there is none."""
    # Fitting nothing that is known of the person or the occasion, a gift is no attention; the user may still choose it.
    meant = [one for one in gifts if one.fits]
    if not meant:
        instead = tuple(planner.instead(figure))
        code = "plan_no_gift" if figure.no_gift else "plan_gift_late"
        yield Left(figure.person_id, figure.name, code, why=figure.no_gift, instead=instead)
    elif not planner.take(figure, "more", meant):
        cheapest = Money(min(one.cost for one in meant), currency)
        code = "plan_budget" if cheapest.amount > planner.room else "plan_too_close"
        instead = tuple(planner.instead(figure)) if code == "plan_budget" else ()
        yield Left(figure.person_id, figure.name, code, {"cost": cheapest}, instead=instead)


def _no_words(figure: Figure) -> Left:
    if figure.barred and not figure.gestures:
        first = figure.barred[0]
        return Left(figure.person_id, figure.name, first.code, first.params)
    return Left(figure.person_id, figure.name, "plan_no_words")


class _Planner:
    """The plan as it grows: what is taken, and the money that is left."""

    def __init__(self, room: Decimal, busy: Busy) -> None:
        self.room = room
        self.steps: list[Step] = []
        self._weeks = Counter((owner, _week(day)) for owner, days in busy.items() for day in days)

    def words_of(self, figure: Figure) -> date | None:
        """The day of the words that this plan has for somebody."""
        return next((one.gesture.on for one in self.steps
                     if (one.gesture.person_id, one.part) == (figure.person_id, "words")), None)  # fmt: skip

    def instead(self, figure: Figure) -> Iterator[Gesture]:
        """Of each method of words the first day on which it could be added, an occasion of theirs first."""
        words = figure.words_on or self.words_of(figure)
        able = [one for one in self._apart(figure, figure.gestures) if words and one.on > words]
        for method in WORDS[1:]:
            those = [one for one in able if one.method == method]
            if those:
                yield min(those, key=lambda one: (not one.own, not one.occasion_key, one.on))

    def _apart(self, figure: Figure, gestures: Iterable[Gesture]) -> list[Gesture]:
        """Those that are not too close to what is there for the same person."""
        own = [one.gesture.on for one in self.steps if one.gesture.person_id == figure.person_id]
        days = [*own, *figure.taken]
        return [one for one in gestures if all(abs((one.on - day).days) >= APART_DAYS for day in days)]

    def take(self, figure: Figure, part: str, gestures: Iterable[Gesture]) -> bool:
        """Put the best of some gestures into the plan, if one is adequate, is paid for, and is not too close."""
        able = [one for one in self._apart(figure, gestures) if one.cost <= self.room and one.mark in _MARKS]
        if not able:
            return False
        crowd = Counter(one.gesture.on for one in self.steps)

        def order(one: Gesture) -> tuple[Any, ...]:
            clash = bool(figure.owner_id and self._weeks[figure.owner_id, _week(one.on)])
            place = WORDS.index(one.method) if one.method in WORDS else 0
            # What is new to them and costs least; then their own date; then a week that is free.
            worth = (_MARKS[one.mark], one.given, one.cost)
            return (*worth, not one.own, clash, crowd[one.on] >= A_DAY, not one.occasion_key, one.on, -one.score, place)

        best = min(able, key=order)
        self.steps.append(Step(best, figure.owner_id, part, tuple(_reasons(best, able))))
        self._weeks[figure.owner_id, _week(best.on)] += 1
        self.room -= best.cost
        return True


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _reasons(best: Gesture, able: Sequence[Gesture]) -> Iterable[Reason]:
    """Why this gesture, then why this day."""
    if best.kind == "gift":
        gifts = {one.item_id for one in able if one.mark == best.mark}
        yield Reason.told("step_fits", fits=best.fits)
        yield Reason.told("step_cheapest", count=len(gifts))
    elif best.kind == "invitation":
        yield Reason.told("step_event", name=best.item, date=best.event_on)
    elif best.method == "condolence":
        yield Reason.told("step_condolence")
        return
    else:
        yield Reason.told("step_words")
    yield day_reason(best)


def day_reason(one: Gesture) -> Reason:
    """Why on this day."""
    if one.kind == "invitation" or not one.occasion_key:
        return Reason.told("step_invite_early" if one.kind == "invitation" else "step_no_occasion")
    if one.occasion_on is not None and one.occasion_on != one.on:
        return Reason.told("step_before", name=one.occasion, date=one.occasion_on)
    return Reason.told("step_own_date" if one.own else "step_occasion", name=one.occasion)


def noted(steps: Iterable[Step], taken: Mapping[str, Iterable[date]], busy: Busy) -> tuple[Step, ...]:
    """The steps by day, each with what to mind.

    Args:
        taken: whom -> the days of what is done or planned already.
    """
    ordered = sorted(steps, key=lambda one: (one.gesture.on, one.gesture.person_id, one.part))
    weeks = Counter((one.owner_id, _week(one.gesture.on)) for one in ordered if one.owner_id)
    weeks.update((owner, _week(day)) for owner, days in busy.items() for day in days)
    return tuple(replace(one, notes=tuple(_notes(one, ordered, taken, weeks))) for one in ordered)


def _notes(
    one: Step, steps: Sequence[Step], taken: Mapping[str, Iterable[date]], weeks: Mapping[tuple[str, Any], int]
) -> Iterable[str]:
    who, on = one.gesture.person_id, one.gesture.on
    others = [step.gesture for step in steps if step is not one and step.gesture.person_id == who]
    days = [*(other.on for other in others), *taken.get(who, ())]
    if any(abs((on - day).days) < APART_DAYS for day in days):
        yield "step_too_close"
    if one.gesture.cost > 0 and not any(other.cost == 0 and other.on < on for other in others):
        yield "step_no_words"
    if one.owner_id and weeks[one.owner_id, _week(on)] > 1:
        yield "step_same_week"
