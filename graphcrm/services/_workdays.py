"""Whether a day is a working day at several places at once: no weekend and no public holiday at any. Shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

import holidays


def all_work(places: Iterable[tuple[str | None, str | None]]) -> Callable[[date], bool]:
    """Whether all work on a day.

    Args:
        places: (country, ISO 3166-2 code of the part) of each. Where the country is not known, or is none that the
            library ``holidays`` knows, Monday to Friday are working days.
    """
    known = [(country, (part or "").partition("-")[2]) for country, part in places]
    return lambda day: day.weekday() < 5 and all(_works(country, part, day) for country, part in known if country)


def _works(country: str, part: str, day: date) -> bool:
    return _year(country, part, day.year).is_working_day(day)


@cache
def _year(country: str, part: str, year: int) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country, subdiv=part or None, years=year)
    except NotImplementedError:  # a country, or a part of it, that is not known
        return _year(country, "", year) if part else holidays.HolidayBase(years=year)
