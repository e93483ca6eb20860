"""Names of public holidays in Russian where the library ``holidays`` has none (C3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from graphcrm.vocabulary.reader import read_data


class HolidayNames(BaseModel):
    """The whole file. ``suffixes``: what the library puts behind a name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suffixes: Mapping[str, str]
    names: Mapping[str, str]


@cache
def holiday_names() -> HolidayNames:
    """The names as data."""
    raw = read_data("holidays.yaml")
    return HolidayNames.model_validate(raw)


def in_russian(english: str) -> str:
    """The Russian name of a holiday; what is not in the catalogue stays as it is. Several are joined by "; "."""
    return "; ".join(_one(part) for part in english.split("; "))


def _one(name: str) -> str:
    known = holiday_names()
    if name in known.names:
        return known.names[name]
    for ending, russian in known.suffixes.items():
        if name.endswith(ending) and name.removesuffix(ending) in known.names:
            return known.names[name.removesuffix(ending)] + russian
    return name
