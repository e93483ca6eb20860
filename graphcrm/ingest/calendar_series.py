"""The days of a series of events (RFC 5545, RRULE), as far as diaries use it; bounded whatever the rule says.

Daily, weekly (on weekdays), monthly (on a day, or on the nth weekday) and yearly, with INTERVAL, COUNT and UNTIL. Of
a rule with other parts only the first day is taken: a contact too few is better than one that never was.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"})
MOST_STEPS = 20_000
"""Days, weeks, months or years that are looked at."""


def occurrences(start: date, rule: str, last: date, most: int) -> list[date]:
    """The days of a series from ``start`` to ``last``, the newest ``most`` of them.

    >>> occurrences(date(2026, 11, 2), "FREQ=WEEKLY;COUNT=3", date(2026, 12, 31), 10)
    [datetime.date(2026, 11, 2), datetime.date(2026, 11, 9), datetime.date(2026, 11, 16)]
    """
    parts = {key.upper(): value.upper() for key, _, value in (part.partition("=") for part in rule.split(";")) if key}
    days = _days(start, parts)
    if days is None:
        return [start] if start <= last else []
    count, until = _number(parts.get("COUNT"), MOST_STEPS), _day(parts.get("UNTIL"))
    end = min(last, until) if until else last
    found = []
    for day in islice(days, min(count, MOST_STEPS)):
        if day > end:
            break
        found.append(day)
    return found[-most:]


def _days(start: date, parts: dict[str, str]) -> Iterator[date] | None:
    """Every day of the series, in order; None for a rule that is not understood."""
    interval, frequency = _number(parts.get("INTERVAL"), 1), parts.get("FREQ", "")
    by_day, by_month_day = parts.get("BYDAY", ""), parts.get("BYMONTHDAY", "")
    if not parts.keys() <= _KNOWN or interval < 1 or parts.get("WKST", "MO") != "MO":
        return None
    if frequency == "DAILY" and not (by_day or by_month_day or "BYMONTH" in parts):
        return _daily(start, interval)
    if frequency == "WEEKLY" and not (by_month_day or "BYMONTH" in parts):
        weekdays = (
            [WEEKDAYS.index(one) for one in by_day.split(",") if one in WEEKDAYS] if by_day else [start.weekday()]
        )
        return _weekly(start, interval, sorted(weekdays)) if len(weekdays) == len((by_day or "x").split(",")) else None
    if frequency == "MONTHLY" and "BYMONTH" not in parts:
        return _monthly(start, interval, by_day, by_month_day)
    same = by_month_day in ("", str(start.day)) and parts.get("BYMONTH", str(start.month)) == str(start.month)
    return _yearly(start, interval) if frequency == "YEARLY" and same and not by_day else None


def _daily(start: date, interval: int) -> Iterator[date]:
    for step in range(MOST_STEPS):
        try:
            yield start + timedelta(days=step * interval)
        except OverflowError:
            return


def _weekly(start: date, interval: int, weekdays: list[int]) -> Iterator[date]:
    monday = start - timedelta(days=start.weekday())
    for step in range(MOST_STEPS):
        for weekday in weekdays:
            try:
                day = monday + timedelta(days=7 * interval * step + weekday)
            except OverflowError:
                return
            if day >= start:
                yield day


def _monthly(start: date, interval: int, by_day: str, by_month_day: str) -> Iterator[date] | None:
    if by_day:
        place, weekday = by_day[:-2], by_day[-2:]
        if (
            by_month_day
            or weekday not in WEEKDAYS
            or place not in ("1", "2", "3", "4", "5", "-1", "+1", "+2", "+3", "+4")
        ):
            return None
        return _months(start, interval, int(place), WEEKDAYS.index(weekday))
    if by_month_day and not by_month_day.isdecimal():
        return None
    return _months(start, interval, int(by_month_day or start.day), None)


def _months(start: date, interval: int, place: int, weekday: int | None) -> Iterator[date]:
    """In every ``interval``-th month the day ``place``, or that weekday; months without it are skipped."""
    for step in range(MOST_STEPS):
        months = start.year * 12 + start.month - 1 + step * interval
        year, month = divmod(months, 12)
        if year > 9999:
            return
        first, length = monthrange(year, month + 1)
        day = place if weekday is None else _nth(first, length, place, weekday)
        if 1 <= day <= length and date(year, month + 1, day) >= start:
            yield date(year, month + 1, day)


def _nth(first: int, length: int, place: int, weekday: int) -> int:
    """The day of the month of its ``place``-th weekday (-1: the last); beyond the month's end if there is none."""
    early = 1 + (weekday - first) % 7
    return early + 7 * ((length - early) // 7) if place < 0 else early + 7 * (place - 1)


def _yearly(start: date, interval: int) -> Iterator[date]:
    for year in range(start.year, 10_000, interval):
        if start.day <= monthrange(year, start.month)[1]:
            yield date(year, start.month, start.day)


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


def _day(text: str | None) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if text else None
    except ValueError:
        return None
