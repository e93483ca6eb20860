"""When useful dates come round (C2.4): partial dates, movable days, 29 February, weekends and holidays, lead times.

Two days belong to an occasion: the day itself, and the day on which to act. Congratulations reach people at work, so
whoever has their day on a day off is congratulated on the working day before. Public holidays come in as a function.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from graphcrm.domain.partial_date import PartialDate
from graphcrm.errors import InvalidInput

IsWorking = Callable[[date], bool]
LONGEST_BREAK = 20
"""Days off in a row that are stepped over; a calendar with more is taken to be wrong, and the day itself is kept."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a movable day is found.

    Attributes:
        month, day: a fixed day. month, weekday (1 Monday to 7 Sunday), nth (1-5, -1 the last): a weekday of a month.
        easter: "western" or "orthodox"; days: after Easter Sunday.
    """

    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    easter: str | None = None
    days: int = 0

    def in_year(self, year: int) -> date | None:
        """The day in a year; None when the year has none (a fifth Sunday, 29 February).

        Raises:
            ValueError: the rule is not one of the three forms.
        """
        if self.easter:
            method = EASTER_ORTHODOX if self.easter == "orthodox" else EASTER_WESTERN
            return easter(year, method) + timedelta(days=self.days)
        if self.month and self.weekday and self.nth:
            return _nth_weekday(year, self.month, self.weekday, self.nth)
        if self.month and self.day:
            return date(year, self.month, self.day) if self.day <= monthrange(year, self.month)[1] else None
        raise ValueError(f"not a rule for a day: {self}")


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    length = monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).isoweekday() == weekday]
    return date(year, month, days[nth if nth < 0 else nth - 1]) if -len(days) <= nth <= len(days) else None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day on which an occasion falls.

    Attributes:
        on: the day itself; the first of the month when only the month is known (``exact`` is False).
        act_on: the day to congratulate on: ``on``, or the working day before.
        prepare_from: ``act_on`` less the lead days.
        years: the number of the anniversary, or None where the year is not known.
    """

    on: date
    act_on: date
    prepare_from: date
    years: int | None
    exact: bool


def occurrences(
    text: str, *, recurs: bool, span: tuple[date, date], lead_days: int = 0, is_working: IsWorking | None = None
) -> list[Occurrence]:
    """The days within ``span`` (both ends in) on which a stored partial date falls; none when it is no date.

    A date with a year and ``recurs`` false falls once. One without its day falls on the first of its month, inexact;
    one of which only the year is known falls nowhere. 29 February is kept on the 28th in other years.
    """
    try:
        partial = PartialDate.parse(text)
    except InvalidInput:
        return []
    if partial.month is None:
        return []
    found = []
    for year in range(span[0].year, span[1].year + 1):
        if partial.year is not None and (year < partial.year or (not recurs and year != partial.year)):
            continue
        day = min(partial.day or 1, monthrange(year, partial.month)[1])
        years = None if partial.year is None or partial.about else year - partial.year
        exact = partial.day is not None and not partial.about
        one = _occurrence(date(year, partial.month, day), lead_days, is_working, years, exact)
        if span[0] <= one.on <= span[1]:
            found.append(one)
    return found


def rule_occurrences(rule: Rule, span: tuple[date, date], is_working: IsWorking | None = None) -> Iterator[Occurrence]:
    """The days within ``span`` on which a movable day falls."""
    for year in range(span[0].year, span[1].year + 1):
        on = rule.in_year(year)
        if on is not None and span[0] <= on <= span[1]:
            yield _occurrence(on, 0, is_working, None, True)


def _occurrence(on: date, lead_days: int, is_working: IsWorking | None, years: int | None, exact: bool) -> Occurrence:
    act_on = working_day_before(on, is_working) if is_working and exact else on
    return Occurrence(on, act_on, act_on - timedelta(days=lead_days), years, exact)


def working_day_before(day: date, is_working: IsWorking) -> date:
    """The day itself when it is a working day, else the last one before it."""
    for back in range(LONGEST_BREAK):
        earlier = day - timedelta(days=back)
        if is_working(earlier):
            return earlier
    return day


def fits_profession(words: Iterable[str], titles: Iterable[str]) -> bool:
    """Whether a word of a job title begins with one of a catalogue's words: "Chief accountant" with "accountant"."""
    parts = [part for title in titles for part in re.split(r"\W+", title.casefold())]
    return any(part.startswith(word.casefold()) for word in words for part in parts)


def fits_interest(words: Iterable[str], names: Iterable[str | None]) -> bool:
    """Whether an interest, by any of its names, begins with one of a catalogue's words."""
    lowered = [name.casefold() for name in names if name]
    return any(name.startswith(word.casefold()) for word in words for name in lowered)
