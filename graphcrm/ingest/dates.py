"""Dates as people write them in their own lists, as ISO 8601. What could mean two days stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from graphcrm.ingest.codes import folded

_END = r"(?:\s*г(?:\.|ода?)?)?"
"""The Russian word for year after the number."""
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})\.([0-9]{{1,2}})(?:\.([0-9]{{4}}){_END}|\.)?")
_IN_WORDS = re.compile(rf"(?:([0-9]{{1,2}})\.?\s+)?([^\W\d_]{{3,}})\.?(?:,?\s+([0-9]{{4}}){_END})?")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+([0-9]{1,2})(?:,\s*([0-9]{4}))?")


def iso_date(text: str) -> str:
    """A date in numbers, the day first, or with the month in English or Russian, as ISO 8601; anything else unchanged.

    >>> iso_date("12.5.1975 г."), iso_date("12.05."), iso_date("5 мая"), iso_date("May 5, 1975"), iso_date("май 1975")
    ('1975-05-12', '--05-12', '--05-05', '1975-05-05', '1975-05')
    >>> iso_date("05/12/1975"), iso_date("12.05.75"), iso_date("1975-05-12")
    ('05/12/1975', '12.05.75', '1975-05-12')
    """
    if found := _DAY_FIRST.fullmatch(text):
        return _joined(found[3], int(found[2]), int(found[1]))
    if (found := _IN_WORDS.fullmatch(text)) and (month := _months().get(folded(found[2]))):
        return _joined(found[3], month, int(found[1]) if found[1] else None)
    if (found := _MONTH_FIRST.fullmatch(text)) and (month := _months().get(folded(found[1]))):
        return _joined(found[3], month, int(found[2]))
    return text


def _joined(year: str | None, month: int, day: int | None) -> str:
    return f"{year or '-'}-{month:02d}" + (f"-{day:02d}" if day is not None else "")


@cache
def _months() -> Mapping[str, int]:
    """Name of a month, whole or short, as it stands alone and in a date, in either language -> its number."""
    return {
        folded(name).rstrip("."): number
        for language in ("en", "ru")
        for context in Locale(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in context[width].items()
    }
