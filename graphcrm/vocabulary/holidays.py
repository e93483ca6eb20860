"""Names of public holidays in Russian where the library ``holidays`` has none (C3.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from graphcrm.vocabulary.reader import read_data

MOVED = re.compile(r"Day off \(substituted from (\d\d)/(\d\d)/(\d{4})\)")


class HolidayNames(BaseModel):
    """The whole file.

    Attributes:
        suffixes, prefixes: what the library puts behind and before a name.
        moved: of a day off in place of another, with a gap for that day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    suffixes: Mapping[str, str]
    prefixes: Mapping[str, str]
    moved: str
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
    if moved := MOVED.fullmatch(name):
        month, day, year = moved.groups()
        return known.moved.format(date=f"{day}.{month}.{year}")
    for ending, russian in known.suffixes.items():
        if name.endswith(ending) and (told := _one(name.removesuffix(ending))) != name.removesuffix(ending):
            return told + russian
    for beginning, russian in known.prefixes.items():
        if name.startswith(beginning) and (told := _one(name.removeprefix(beginning))) != name.removeprefix(beginning):
            return russian + told
    return name
