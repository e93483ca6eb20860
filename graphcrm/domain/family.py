"""What is to be watched in a family profile (C2.3): children, and facts that are due for review."""

from __future__ import annotations

from datetime import date, timedelta

from graphcrm.domain.kinship import Relative
from graphcrm.domain.partial_date import PartialDate
from graphcrm.errors import InvalidInput

FULL_AGE = 18
REVIEW_AFTER_DAYS = 365
"""A fact about a family that nobody has looked at for longer is due for review, whether or not a day was set."""
CHILD_MAY_HAVE = frozenset({"given_name", "birth_year"})


def is_minor(birth_date: str | None, today: date) -> bool:
    """Whether the person is, or may be, under age. Without a year of birth nobody is taken for a child."""
    born = _parsed(birth_date)
    if born is None or born.year is None:
        return False
    latest = PartialDate.of(born.latest() or date(born.year, 12, 31))
    years = latest.years_on(today)
    return years is None or years < FULL_AGE


def age(birth_date: str | None, today: date) -> int | None:
    """Full years, or None when that is not certain."""
    born = _parsed(birth_date)
    return None if born is None else born.years_on(today)


def child_excess(birth_date: str | None, filled: tuple[str, ...]) -> tuple[str, ...]:
    """What is kept about a child beyond given name and year of birth: names of properties, ``birth_day`` for the day.

    Args:
        filled: names of the person's properties that hold something, the birth date apart.
    """
    born = _parsed(birth_date)
    day = ("birth_day",) if born is not None and born.month is not None else ()
    return day + tuple(name for name in filled if name not in CHILD_MAY_HAVE)


def review_due(review_on: date | None, last_verified: date | None, today: date) -> bool:
    """Whether a family fact is to be looked at again: its day has come, or nobody looked for a year."""
    if review_on is not None:
        return review_on <= today
    return last_verified is None or last_verified + timedelta(days=REVIEW_AFTER_DAYS) <= today


def generation(relative: Relative) -> int:
    """1 for the parents' generation, -1 for the children's, and so on; a spouse is in that of the other."""
    steps = {**dict.fromkeys("fmpu", 1), **dict.fromkeys("sdcv", -1)}
    return sum(steps.get(letter.lower(), 0) for letter in relative.path)


def _parsed(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except InvalidInput:
        return None
