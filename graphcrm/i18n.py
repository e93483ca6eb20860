"""The languages of the product: English in the code, Russian in a catalogue.

The catalogue is compiled in memory from its .po source when a language is first used: one file, which cannot be stale
(docs/decisions tells why). The language belongs to the running context, so two users in one process do not mix.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from graphcrm.errors import GraphcrmError

LANGUAGES = {"en": "English", "ru": "Русский"}

_language: ContextVar[str | None] = ContextVar("language", default=None)
_surroundings: Callable[[], str | None] = lambda: None  # noqa: E731


def use_language(code: str | None) -> str:
    """Make ``code`` the language of this context; an unknown one means English. Returns the code in use.

    A regional code serves too: ``ru-RU`` is ``ru``.
    """
    chosen = supported(code)
    _language.set(chosen)
    return chosen


def follow(surroundings: Callable[[], str | None]) -> None:
    """Where nobody has called :func:`use_language`, take the language that ``surroundings`` names.

    The app runs fragments and callbacks in threads of their own, where no context is inherited; it names the language
    of the session that the thread works for, so that no page has to set it.
    """
    global _surroundings  # noqa: PLW0603
    _surroundings = surroundings


def supported(code: str | None) -> str:
    """The language for a code such as ``ru``, ``ru-RU`` or ``ru_RU``; English for every other."""
    short = (code or "en").replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else "en"


def language() -> str:
    """The code of the language in use: "en" or "ru"."""
    return _language.get() or _surroundings() or "en"


def locale() -> str:
    """The regional form of the language in use, after which days and numbers are written."""
    return {"ru": "ru_RU"}.get(language(), "en_GB")


def translate(text: str, **fields: Any) -> str:
    """``text`` in the language in use, its ``{fields}`` filled in after the translation, numbers with separators."""
    found = _catalogue(language()).gettext(text) if text else ""
    return found.format(**{name: counted(value) for name, value in fields.items()}) if fields else found


def plural(singular: str, plural_form: str, number: int) -> str:
    """The form that fits ``number``; ``{n}`` in it becomes the number. Russian has three forms."""
    return _catalogue(language()).ngettext(singular, plural_form, number).format(n=counted(number))


def counted(value: Any) -> Any:
    """A whole number as the language writes it ("39,800"); all else, as a year in a text, is left as it is."""
    return format_decimal(value, locale=locale()) if type(value) is int else value


def N_(text: str) -> str:
    """Marks a text for the catalogue; it is translated where it is shown."""
    return text


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
