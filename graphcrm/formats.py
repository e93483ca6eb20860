"""Days, spans, numbers, shares and money as people read them, in the language in use. One form for pages and texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_datetime, get_month_names
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent
from babel.units import format_unit

from graphcrm.domain.money import Money
from graphcrm.i18n import counted
from graphcrm.i18n import locale as _locale
from graphcrm.i18n import translate as _

DASH = "–"
_PARTIAL = re.compile(r"(?P<about>~?)(?P<year>\d{4}|-)(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")


def day(value: date | None) -> str:
    """A day: "23 Nov 2026", "23 нояб. 2026 г."; a dash for None."""
    return format_date(value, "medium", locale=_locale()) if value else DASH


def day_of_week(value: date) -> str:
    """A day with its weekday: "Sunday, 1 November 2026"."""
    return format_date(value, "full", locale=_locale())


def moment(value: datetime | None) -> str:
    """A day and time of day."""
    return format_datetime(value, "medium", locale=_locale()) if value else DASH


def partial_day(text: str | None) -> str:
    """A partial date as stored (``1968``, ``1968-05``, ``--05-09``, ``~1968``) as people write it."""
    found = _PARTIAL.fullmatch(text or "")
    if not found:
        return text or DASH
    year = "" if found["year"] == "-" else found["year"]
    if found["day"]:
        stand_in = date(int(year or 2000), int(found["month"]), int(found["day"]))
        words = day(stand_in) if year else format_date(stand_in, "d MMMM", locale=_locale())
    elif found["month"]:
        month = get_month_names("wide", context="stand-alone", locale=_locale())[int(found["month"])]
        words = f"{month} {year}".strip()
    else:
        words = year
    return _("about {date}", date=words) if found["about"] else words


def days_from(value: date | None, today: date) -> str:
    """How far a day is from today: "today", "in 3 days", "5 weeks ago"; a dash for None."""
    if value is None:
        return DASH
    distance = (value - today).days
    if distance == 0:
        return _("today")
    number, unit = _span(abs(distance))
    span = format_unit(number, f"duration-{unit}", length="long", locale=_locale())
    return _("in {span}", span=span) if distance > 0 else _("{span} ago", span=span)


def number(value: float | None, digits: int = 0) -> str:
    """A number with the language's separators; a dash for None."""
    return DASH if value is None else format_decimal(round(value, digits), locale=_locale())


def with_numbers(fields: Mapping[str, Any] | None, shares: Collection[str]) -> dict[str, Any]:
    """The fields of a sentence with numbers and money as the language writes them; ``shares`` are left as they are."""
    shown = dict(fields or {})
    for name, value in shown.items():
        if isinstance(value, Money):
            shown[name] = exact_money(value)
        elif isinstance(value, float) and name not in shares:
            shown[name] = format_decimal(round(value, 2), locale=_locale())
        elif name not in shares:
            shown[name] = counted(value)
    return shown


def share(value: float | None) -> str:
    """A share 0-1 as whole percents; a dash for None: unknown is not zero."""
    return DASH if value is None else format_percent(value, locale=_locale())


def share_or_not_known(value: float | None) -> str:
    """A share 0-1 as whole percents, or in words that it is not known."""
    return _("not known") if value is None else share(value)


def percent(value: float | None, digits: int = 1) -> str:
    """A number 0-100 as per cent with up to ``digits`` places: "12.5%", "12,5 %"; a dash for None."""
    if value is None:
        return DASH
    return format_percent(round(value / 100, digits + 2), locale=_locale(), decimal_quantization=False)


def money(value: float | None, currency: str | None) -> str:
    """An amount in short form, with its currency; a dash for None."""
    if value is None:
        return DASH
    if not currency:
        return number(value)
    return format_compact_currency(value, currency, locale=_locale(), fraction_digits=1)


def exact_money(value: Money | None) -> str:
    """An amount to the digit, with its currency: what is compared with a limit is not rounded. A dash for None."""
    if value is None:
        return DASH
    whole = value.amount == value.amount.to_integral()
    pattern = "¤#,##0" if whole else "¤#,##0.00"
    if _locale() == "ru_RU":
        pattern = pattern[1:] + "\xa0¤"
    return format_currency(value.amount, value.currency, pattern, locale=_locale(), currency_digits=False)


def country_name(code: str | None) -> str:
    """The name of an ISO 3166-1 country in the session's language; the code itself when it is unknown."""
    return _locale_object().territories.get(code or "", code or "")


def spoken_language(code: str | None) -> str:
    """The name of an ISO 639-1 language in the session's language; the code itself when it is unknown."""
    return _locale_object().languages.get(code or "", code or "")


def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code -> name in the session's language, by name."""
    names = {code: name for code, name in _locale_object().territories.items() if len(code) == 2 and code.isalpha()}
    return dict(sorted(((c, n) for c, n in names.items() if c not in _NO_COUNTRIES), key=lambda pair: pair[1]))


def languages() -> dict[str, str]:
    """ISO 639-1 code -> name in the session's language, by name."""
    names = ((code, name) for code, name in _locale_object().languages.items() if len(code) == 2)
    return dict(sorted(names, key=lambda pair: pair[1]))


def currencies() -> dict[str, str]:
    """ISO 4217 code of each currency that is in use -> the code with its name in the session's language, by code."""
    names = _locale_object().currencies
    return {code: f"{code} · {names.get(code, code)}" for code in _currencies_in_use()}


@cache
def _currencies_in_use() -> tuple[str, ...]:
    """Legal tender without an end somewhere."""
    held = (one for rows in get_global("territory_currencies").values() for one in rows)
    return tuple(sorted({code for code, _begin, end, is_tender in held if is_tender and end is None}))


@cache
def time_zones() -> dict[str, str]:
    """The IANA time zones that are called after a place, by name."""
    return {
        name: name for name in sorted(available_timezones()) if "/" in name and not name.startswith(("Etc/", "posix"))
    }


_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "XK"})
"""Of the territories that the Unicode tables name, those that are no codes of ISO 3166-1."""


def _span(days: int) -> tuple[int, str]:
    if days < 14:
        return days, "day"
    if days < 60:
        return round(days / 7), "week"
    if days < 730:
        return round(days / 30.44), "month"
    return round(days / 365.25), "year"


def _locale_object() -> Locale:
    return Locale.parse(_locale())
