"""Chips: a word on a tint of its colour. The word carries the meaning; the colour only helps to find it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from graphcrm.i18n import language
from graphcrm.ui.components.formats import safe
from graphcrm.vocabulary import VOCABULARY

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
GREY = "#7a828c"
REPORT_CSS = Path(__file__).parent.parent / "assets" / "report.css"
"""How chips, facts, links and lists look; each page that has any draws it."""


def chip(text: str, colour: str | None = None, title: str = "") -> str:
    """One chip as HTML. Text and title may hold anything; a colour that is none becomes grey."""
    shade = colour if colour and _COLOUR.fullmatch(colour) else GREY
    hint = f' title="{safe(title)}"' if title else ""
    return f'<span class="gc-chip" style="--c:{shade}"{hint}>{safe(text)}</span>'


def value_chip(enumeration: str, code: str | None) -> str:
    """The chip of a stored value, with its name and help in the session's language; "" for None."""
    if code is None:
        return ""
    value = VOCABULARY.enumerations[enumeration].values.get(str(code))
    if value is None:
        return chip(str(code))
    return chip(value.name_in(language()), value.color, value.help_in(language()))


def show_chips(chips: Iterable[str]) -> None:
    """Draw chips in a row that wraps."""
    row = "".join(chips)
    if row:
        st.html(f'<div class="gc-chips">{row}</div>')
