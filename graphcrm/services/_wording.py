"""Sentences, days and shares as people read them, for texts that services write. Shared; not a service itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from graphcrm import formats
from graphcrm.domain.messages import SHARES, describe
from graphcrm.formats import number
from graphcrm.formats import share as percent
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.vocabulary import VOCABULARY

__all__ = ["day", "number", "percent", "proof", "sentence", "value_name"]


def sentence(code: str, params: Mapping[str, Any] | None = None) -> str:
    """The sentence of a reason, fact, gap or answer in the language in use."""
    fields = formats.with_numbers(params, SHARES)
    return describe(code, fields, translate=_, name_of=value_name, show_date=day, show_share=percent)


def value_name(enumeration: str, code: str | None) -> str:
    """The name of a stored value in the language in use."""
    return VOCABULARY.value_name(enumeration, code, language())


def day(value: date | str | None) -> str:
    """A day, or the text of a partial date, in the language's form; "" for None."""
    if value is None:
        return ""
    return formats.day(value) if isinstance(value, date) else formats.partial_day(value)


def proof(confidence: float | None, source: str | None, on: date | str | None) -> str:
    """How sure a tie is, who said so, and when; what is not known is said, but for the day."""
    sure = _("confidence {share}", share=percent(confidence)) if confidence is not None else _("confidence not known")
    said = _("source: {source}", source=source) if source else _("source not known")
    return ", ".join(part for part in (sure, said, day(on)) if part)
