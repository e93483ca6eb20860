"""The texts of congratulations and the holidays that one congratulates on (``congratulations.yaml``; C3.1-C3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from graphcrm.vocabulary.reader import read_data

Tone = Literal["formal", "friendly", "cordial"]
ByGender = Mapping[str, str]
"""``male``, ``female`` and ``any``; the last serves when the gender is not known."""
FIRM_OCCASIONS = frozenset({"foundation", "contract", "project", "professional_day"})
"""Occasions of a firm or trade rather than of a person: the wish is for the firm."""


class Holiday(BaseModel):
    """A public holiday that one congratulates on.

    Attributes:
        names: as the library or the users call it. gender: whom it is for; None is for all.
        countries: where one congratulates on it; empty means everywhere. feast: of a faith.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: tuple[str, ...]
    gender: Literal["male", "female"] | None = None
    countries: frozenset[str] = frozenset()
    feast: bool = False


class Texts(BaseModel):
    """All that texts of one language are made of; ``wishes`` by "person" or "firm", then by tone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    salutation: Mapping[Tone, ByGender]
    closing: Mapping[Tone, str]
    spouse: ByGender
    subject: Mapping[str, str]
    wishes: Mapping[Literal["person", "firm"], Mapping[Tone, tuple[str, ...]]]
    texts: Mapping[str, tuple[str, ...]]

    def openings(self, greeting: str) -> tuple[str, ...]:
        """The openings for a greeting; empty when this language has none."""
        return self.texts.get(greeting, ())

    def wishes_for(self, greeting: str, tone: Tone) -> tuple[str, ...]:
        """The wishes that go with a greeting; none with condolences."""
        if greeting == "condolence":
            return ("",)
        return self.wishes["firm" if greeting in FIRM_OCCASIONS else "person"][tone]


class CongratulationTexts(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    holidays: Mapping[str, Holiday]
    several_faiths: frozenset[str]
    languages: Mapping[str, Texts]


@cache
def congratulation_texts() -> CongratulationTexts:
    """The texts and holidays."""
    raw = read_data("congratulations.yaml")
    return CongratulationTexts.model_validate(raw)


@cache
def _by_name() -> Mapping[str, str]:
    found = congratulation_texts().holidays.items()
    return {name.casefold(): code for code, holiday in found for name in holiday.names}


def greeting_of_holiday(name: str, country: str | None) -> str | None:
    """The greeting for a public holiday by its name in English or as entered; None: nobody congratulates on it.

    Several holidays on one day are joined by "; " in the library; an estimated day of the moon counts, one that is only
    a day off for another ("observed") does not. A feast is nobody's where the country keeps those of several faiths.
    Without a country it is a day that somebody has entered: then they keep it.
    """
    for part in name.split("; "):
        code = _by_name().get(part.removesuffix(" (estimated)").strip().casefold())
        if code:
            holiday = congratulation_texts().holidays[code]
            if holiday.feast and country in congratulation_texts().several_faiths:
                return None
            return code if country is None or not holiday.countries or country in holiday.countries else None
    return None
