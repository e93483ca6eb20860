"""Sentences, days and shares as people read them, for texts that services write. Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from graphcrm.domain.messages import describe
from graphcrm.domain.partial_date import PartialDate
from graphcrm.errors import InvalidInput
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.vocabulary import VOCABULARY

_SKELETONS = {"month": "yMMMM", "year": "y", "day_of_year": "MMMMd", "month_of_year": "LLLL"}


def sentence(code: str, params: Mapping[str, Any] | None = None) -> str:
    """The sentence of a reason, fact, gap or answer in the language in use."""
    return describe(code, params, translate=_, name_of=value_name, show_date=day)


def value_name(enumeration: str, code: str | None) -> str:
    """The name of a stored value in the language in use."""
    return VOCABULARY.value_name(enumeration, code, language())


def day(value: date | str | None) -> str:
    """A day, or the text of a partial date, in the language's form; "" for None."""
    if value is None:
        return ""
    if isinstance(value, date):
        return format_date(value, "medium", locale=_locale())
    try:
        partial = PartialDate.parse(value)
    except InvalidInput:
        return value
    stand_in = date(partial.year or 2000, partial.month or 1, partial.day or 1)
    if partial.precision == "day":
        words = day(stand_in)
    else:
        words = format_skeleton(_SKELETONS[partial.precision], stand_in, locale=_locale())
    return _("about {date}", date=words) if partial.about else words


def percent(value: float) -> str:
    """A share 0-1 in whole percents."""
    return format_percent(value, locale=_locale())


def number(value: float) -> str:
    """A number without a fraction."""
    return format_decimal(round(value), locale=_locale())


def _locale() -> str:
    return {"ru": "ru_RU"}.get(language(), "en_GB")
