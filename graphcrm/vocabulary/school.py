"""Milestones of school by country, as data with their sources (C2.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from graphcrm.vocabulary.reader import read_data

Milestone = Literal["first_day", "last_bell", "graduation"]


class SchoolDay(BaseModel):
    """On ``month`` and ``day`` of the year in which a child turns ``years``; ``source``: whence the rule is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    years: int
    month: int
    day: int
    source: str


@cache
def school_days() -> Mapping[str, Mapping[Milestone, SchoolDay]]:
    """Country -> milestone -> its day."""
    raw = read_data("school.yaml")
    return TypeAdapter(dict[str, dict[Milestone, SchoolDay]]).validate_python(raw)


def school_dates(country: str | None, born: int) -> Iterator[tuple[Milestone, date]]:
    """The milestones of a child by the year of birth, none for a country that is not in the data; all are about."""
    for milestone, one in school_days().get(country or "", {}).items():
        yield milestone, date(born + one.years, one.month, one.day)
