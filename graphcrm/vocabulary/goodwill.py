"""Methods of goodwill and the rules for them (C2.5, C3.5), read from ``goodwill.yaml``. None of it is legal advice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from graphcrm.vocabulary.model import Word
from graphcrm.vocabulary.reader import read_data


class GoodwillMethod(Word):
    """A way to show goodwill. The fields are explained at the head of ``goodwill.yaml``."""

    kind: str
    offerings: tuple[str, ...] = ()
    costs: bool = False
    level: str = ""
    sober: bool = False


class GoodwillRuleText(Word):
    """One rule: when it holds, what follows, and where it comes from."""

    when: Mapping[str, Any]
    then: Literal["never", "caution", "note", "favours"]
    approvals: int = 0
    basis: Literal["law", "custom", "house"]
    origin: str
    origin_ru: str

    def origin_in(self, language: str) -> str:
        """Where it comes from, in ``language``."""
        return self.origin_ru if language == "ru" else self.origin


class GoodwillCatalogue(BaseModel):
    """All of the file. ``figures``: name -> number, and ``currency``. ``occasions``: words that a gift may fit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figures: Mapping[str, Any]
    occasions: Mapping[str, tuple[str, ...]]
    methods: Mapping[str, GoodwillMethod]
    rules: Mapping[str, GoodwillRuleText]


@cache
def goodwill_catalogue() -> GoodwillCatalogue:
    """The shipped catalogue.

    Raises:
        pydantic.ValidationError: the file is malformed (a bug of ours; a test loads it).
    """
    return GoodwillCatalogue(**read_data("goodwill.yaml"))
