"""The closed lists that others keep (countries, currencies, languages, time zones) and the nearest word in a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from rapidfuzz import fuzz, process, utils

LEAST_LIKENESS = 60
"""Of 100. Below it a suggestion would rather mislead (measured on typing errors of one and two letters in ids)."""

_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes in CLDR's list of territories that name no country."""


def folded(text: str) -> str:
    """``text`` as words of a closed list are compared: no case, single spaces, no difference between ё and е.

    >>> folded(" Партнёр ") == folded("партнер")
    True
    """
    return " ".join(text.casefold().replace("ё", "е").split())


@cache
def known_codes(standard: str) -> frozenset[str]:
    """The codes of ``country`` (ISO 3166-1 alpha-2), ``currency``, ``language`` (two letters) or ``time_zone``."""
    english = Locale("en")
    if standard == "country":
        return frozenset(code for code in english.territories if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES
    if standard == "currency":
        return frozenset(english.currencies)
    if standard == "language":
        return frozenset(code for code in english.languages if len(code) == 2)
    return frozenset(available_timezones())


@cache
def countries_by_name() -> Mapping[str, str]:
    """Name of a country in English or Russian, folded -> its code."""
    codes = known_codes("country")
    return {
        folded(name): code
        for language in ("en", "ru")
        for code, name in Locale(language).territories.items()
        if code in codes
    }


def nearest(text: str, words: Iterable[str]) -> str | None:
    """The word that looks most like ``text``, or None when none is near. The first of equals in alphabetical order."""
    ordered = sorted(words)
    found = process.extractOne(
        text, ordered, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=LEAST_LIKENESS
    )
    return found[0] if found else None
