"""The languages of the product: English in the code, Russian in a catalogue.

The catalogue is compiled in memory from its .po source when a language is first used: one file, which cannot be stale
(docs/decisions tells why). The language belongs to the running context, so two users in one process do not mix.
"""

from __future__ import annotations

import gettext
import io
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from graphcrm.errors import GraphcrmError

LANGUAGES = {"en": "English", "ru": "Русский"}

_language: ContextVar[str] = ContextVar("language", default="en")


def use_language(code: str | None) -> str:
    """Make ``code`` the language of this context; an unknown one means English. Returns the code in use.

    A regional code serves too: ``ru-RU`` is ``ru``.
    """
    short = (code or "en").replace("_", "-").split("-")[0].lower()
    chosen = short if short in LANGUAGES else "en"
    _language.set(chosen)
    return chosen


def language() -> str:
    """The code of the language in use: "en" or "ru"."""
    return _language.get()


def translate(text: str, **fields: Any) -> str:
    """``text`` in the language in use, its ``{fields}`` filled in after the translation."""
    found = _catalogue(language()).gettext(text) if text else ""
    return found.format(**fields) if fields else found


def plural(singular: str, plural_form: str, number: int) -> str:
    """The form that fits ``number``; ``{n}`` in it becomes the number. Russian has three forms."""
    return _catalogue(language()).ngettext(singular, plural_form, number).format(n=number)


def describe(error: GraphcrmError) -> str:
    """The sentence and the mend of an error in the language in use."""
    return error.describe(translate)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    source = files("graphcrm") / "locale" / code / "LC_MESSAGES" / "graphcrm.po"
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source.read_bytes()), locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
