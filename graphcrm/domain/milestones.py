"""Occasions for an event together with a client (C3.7): a contract won, a round delivery, an anniversary, a launch."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Literal

Kind = Literal["deal_won", "delivery", "anniversary", "project"]

BACK_DAYS = 90
"""So long after it a milestone can still be celebrated."""
AHEAD_DAYS = 120
LEAD_DAYS = 42
"""What an event together takes to prepare."""
ROUND = (50, 100, 200, 250, 500, 1000)
"""Numbers of deliveries that are told of; beyond them every further thousand."""
YEARS = (1, 3)
"""Years after the first contract that are told of; beyond them every fifth."""
STEPS = (
    (-42, "joint_agree"),
    (-35, "joint_rules"),
    (-28, "joint_invite"),
    (-14, "joint_answers"),
    (-7, "joint_programme"),
    (0, "joint_day"),
    (7, "joint_after"),
)
"""Days from the event, and the code of the sentence that says what is done."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something worth holding an event on together.

    Attributes:
        key: the same for the same milestone, so that it is accepted once.
        on: its day; ``expected``: reckoned from the pace of deliveries.
        number: which delivery, or how many years. name: of the deal or the project.
    """

    key: str
    kind: Kind
    client_id: str
    client_name: str
    on: date
    expected: bool = False
    number: int | None = None
    name: str = ""
    deal_id: str | None = None

    @property
    def code(self) -> str:
        """The code of the sentence that states it."""
        return f"milestone_{self.kind}{'_expected' if self.expected else ''}"


def delivery_milestone(client: tuple[str, str], days: Sequence[date], as_of: date) -> Milestone | None:
    """The round delivery that was made in the last :data:`BACK_DAYS`, or that comes soon at the pace of the last year.

    Args:
        client: id and name. days: of all deliveries, in order.
    """
    done = [day for day in days if day <= as_of]
    for number in reversed(_rounds(len(done))):
        if (as_of - done[number - 1]).days <= BACK_DAYS:
            return Milestone(f"delivery:{client[0]}:{number}", "delivery", *client, done[number - 1], number=number)
    coming = next(number for number in _rounds(len(done) * 2 + 2000) if number > len(done))
    last_year = sum(day > as_of - timedelta(days=365) for day in done)
    if not last_year:
        return None
    wait = round((coming - len(done)) * 365 / last_year)
    if wait > AHEAD_DAYS:
        return None
    on = as_of + timedelta(days=wait)
    return Milestone(f"delivery:{client[0]}:{coming}", "delivery", *client, on, expected=True, number=coming)


def _rounds(most: int) -> list[int]:
    beyond = range(2 * ROUND[-1], most + 1, ROUND[-1])
    return [number for number in (*ROUND, *beyond) if number <= most]


def anniversary_milestone(client: tuple[str, str], first: date, as_of: date) -> Milestone | None:
    """The next anniversary of the first contract that is told of, when it lies within :data:`AHEAD_DAYS`."""
    for years in (as_of.year - first.year, as_of.year - first.year + 1):
        on = _in_year(first, first.year + years)
        told = years in YEARS or (years > 0 and years % 5 == 0)
        if told and as_of <= on <= as_of + timedelta(days=AHEAD_DAYS):
            return Milestone(f"anniversary:{client[0]}:{years}", "anniversary", *client, on, number=years)
    return None


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February is 28 February where there is none."""
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def is_near(on: date, as_of: date) -> bool:
    """Whether a day is past by at most :data:`BACK_DAYS` or ahead by at most :data:`AHEAD_DAYS`."""
    return as_of - timedelta(days=BACK_DAYS) <= on <= as_of + timedelta(days=AHEAD_DAYS)


LONGEST_WAIT = 60
"""Of holidays in a row nowhere are more."""


def proposed_day(
    milestone: Milestone, as_of: date, is_working: Callable[[date], bool] = lambda day: day.weekday() < 5
) -> date:
    """The milestone's own day, or as soon as there is time to prepare; then the first day on which both sides work.

    Args:
        is_working: whether a day is no weekend and no public holiday with either side.
    """
    first = max(milestone.on, as_of + timedelta(days=LEAD_DAYS))
    days = (first + timedelta(days=wait) for wait in range(LONGEST_WAIT))
    return next((day for day in days if is_working(day)), first)


def steps(on: date, as_of: date) -> Iterator[tuple[date, str]]:
    """What is to be done until when; what should have been done already is due today."""
    for days, code in STEPS:
        yield max(on + timedelta(days=days), min(as_of, on)), code


def cost_per_head(former: Sequence[tuple[float, int]]) -> float | None:
    """The median of what former joint events cost a head (budget, seats); None when there were none."""
    known = [budget / seats for budget, seats in former if seats > 0 and budget > 0]
    return round(median(known), 2) if known else None
