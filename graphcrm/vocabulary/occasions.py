"""The catalogue of days by rule (``occasions.yaml``): days of trades, of hobbies, and Easter (C2.4, C3.1, C3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from graphcrm.vocabulary.model import Word
from graphcrm.vocabulary.reader import read_data


class CatalogueDay(Word):
    """A day that comes round by a rule.

    Attributes:
        code: its key. rule: the fields of ``graphcrm.domain.occasions.Rule``.
        countries: ISO codes; empty means everywhere. industries: codes. interests: beginnings of names of interests.
        professions: beginnings of words in job titles.
        source: who set the day.
    """

    code: str
    kind: str
    rule: Mapping[str, Any]
    countries: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    interests: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    source: str


@cache
def occasion_catalogue() -> tuple[CatalogueDay, ...]:
    """Every day of the catalogue."""
    raw = read_data("occasions.yaml")
    return tuple(CatalogueDay(code=code, **body) for code, body in raw.items())


def catalogue_day(name: str | None) -> CatalogueDay | None:
    """The day of the catalogue by its key or by its name in either language, as somebody may have entered it."""
    return _by_name().get(name.strip().casefold()) if name else None


@cache
def _by_name() -> Mapping[str, CatalogueDay]:
    return {name.casefold(): day for day in occasion_catalogue() for name in (day.code, day.en, day.ru)}
