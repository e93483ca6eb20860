"""Dates of which only a part is known: a birthday without its year, a year alone, "about 1968".

The text forms are ISO 8601's, as stored in the graph:

    1968-05-09   all known                 1968-05   year and month          1968   year alone
    --05-09      day and month             --05      month alone             ~...   about: any form may be uncertain
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Literal

from graphcrm.errors import InvalidInput

_FORM = re.compile(
    r"(?P<about>~?)(?:(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"|--(?P<only_month>[0-9]{2})(?:-(?P<only_day>[0-9]{2}))?)"
)
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date, or as much of it as is known.

    Attributes:
        year, month, day: None where not known; a day needs a month, and there is at least a year or a month.
        about: True when even the known parts are approximate.

    Raises:
        InvalidInput: no such date (31 April, 29 February 1999, month 13), or parts that make no form.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if self.year is None and self.month is None:
            raise _refused(str((self.year, self.month, self.day)), "{text} is not a date: a year or a month is needed.")
        if self.day is not None and self.month is None:
            raise _refused(str((self.year, self.month, self.day)), "{text} is not a date: a day needs a month.")
        if self.year is not None and not 1 <= self.year <= MAXYEAR:
            raise _refused(str(self.year), "{text} is not a date: there is no such year.")
        if self.month is not None and not 1 <= self.month <= 12:
            raise _refused(str(self), "{text} is not a date: there is no such month.")
        if self.day is not None and not 1 <= self.day <= self._month_length():
            raise _refused(str(self), "{text} is not a date: the month has no such day.")

    def _month_length(self) -> int:
        return monthrange(self.year or _LEAP_YEAR, self.month or 1)[1]

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date that the text states. Space around it is ignored; nothing else is guessed.

        Raises:
            InvalidInput: the text is none of the forms, or there is no such date.
        """
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise _refused(text, "{text} has none of the forms of a date.")
        parts = {name: int(value) for name, value in match.groupdict().items() if value and name != "about"}
        return cls(
            year=parts.get("year"),
            month=parts.get("month", parts.get("only_month")),
            day=parts.get("day", parts.get("only_day")),
            about=match["about"] == "~",
        )

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The full date of a calendar day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        """The text form: ``PartialDate.parse(str(it)) == it``."""
        head = "-" if self.year is None else f"{self.year:04d}"
        tail = "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)
        return ("~" if self.about else "") + head + tail

    @property
    def precision(self) -> Literal["day", "month", "year", "day_of_year", "month_of_year"]:
        """What is known: the forms in the order of the module's text, day and month without a year last."""
        if self.year is None:
            return "month_of_year" if self.day is None else "day_of_year"
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def is_complete(self) -> bool:
        """True when year, month and day are known; they may still be about."""
        return self.precision == "day"

    def earliest(self) -> date | None:
        """The first day that it can mean, or None without a year."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date | None:
        """The last day that it can mean, or None without a year."""
        if self.year is None:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def compare(self, other: PartialDate | date) -> int | None:
        """-1 when surely before the other, 1 when surely after, 0 when surely the same day, None when it is open.

        Open: one has no year, the known parts overlap (1968 and 1968-05), or one that is about lies within a year of
        the other.
        """
        theirs = PartialDate.of(other) if isinstance(other, date) else other
        mine, yours = self._span(), theirs._span()
        if mine is None or yours is None:
            return None
        if mine == yours and mine[0] == mine[1]:
            return 0
        if mine[1] < yours[0]:
            return -1
        return 1 if yours[1] < mine[0] else None

    def _span(self) -> tuple[date, date] | None:
        first, last = self.earliest(), self.latest()
        if first is None or last is None:
            return None
        if not self.about:
            return first, last
        return _shift_year(first, -1), _shift_year(last, 1)

    def next_occurrence(self, today: date, *, leap_day: Literal["february", "march"] = "february") -> date | None:
        """The next day, today included, on which the date comes round, or None when day or month is not known.

        Args:
            leap_day: where 29 February is kept in other years: the 28th, still in February, or 1 March.
        """
        if self.month is None or self.day is None:
            return None
        for year in (today.year, today.year + 1):
            if year > MAXYEAR:
                break
            day = self._in_year(year, leap_day)
            if day >= today and (self.year is None or year >= self.year):
                return day
        if self.year is not None and self.year > today.year:
            return date(self.year, self.month, self.day)
        return None

    def _in_year(self, year: int, leap_day: str) -> date:
        if (self.month, self.day) == (2, 29) and not isleap(year):
            return date(year, 2, 28) if leap_day == "february" else date(year, 3, 1)
        return date(year, self.month or 1, self.day or 1)

    def years_on(self, day: date) -> int | None:
        """Full years from this date to the day (an age, an anniversary), or None when that is not certain."""
        first, last = self.earliest(), self.latest()
        if first is None or last is None or self.about:
            return None
        most, least = _full_years(first, day), _full_years(last, day)
        return most if most == least and most >= 0 else None


def _full_years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _shift_year(day: date, years: int) -> date:
    year = min(max(day.year + years, 1), MAXYEAR)
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _refused(text: str, template: str) -> InvalidInput:
    return InvalidInput(
        template,
        mend="Write 1968-05-09, 1968-05, 1968, --05-09 (no year) or --05; put ~ before it for about.",
        text=repr(text),
    )
