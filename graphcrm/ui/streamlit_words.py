"""Streamlit's own English words, in the language of the app.

Streamlit 1.67 has no parameters for them (its issue 13500 asks for some), so a style sheet hides them and writes ours
beside. Sentences become invisible, for screen readers too. What names a button or takes the focus must not: there only
the letters shrink to nothing, and both words are in its name. A browser test looks at each, so that a Streamlit that is
built otherwise is noticed. An ``aria-label`` cannot be reached so.
"""

from __future__ import annotations

import json

import streamlit as st

from graphcrm.i18n import language
from graphcrm.i18n import translate as _

_SIZE = "0.875rem"
_UPLOADER = '[data-testid="stFileUploaderDropzone"]'
_TYPED = '[data-testid="InputInstructions"] > span:first-child'


def style() -> str:
    """A ``<style>`` element; empty where the app speaks English as Streamlit does."""
    if language() == "en":
        return ""
    return f"<style>{''.join((*_sentences(), *_focusable()))}</style>"


def _sentences() -> list[str]:
    most = st.get_option("server.maxUploadSize")
    instead = {
        f'{_UPLOADER} [data-testid="stFileUploaderDropzoneInstructions"] span': _(
            "up to {size} MB per file", size=most
        ),
        '[role="option"][style*="contents"] > span': _("Nothing found"),
        f"{_UPLOADER} > input + div > span": _("Drag and drop files here"),
        _TYPED: _("Press Enter to apply"),
        f'[data-testid="stTextArea"] {_TYPED}': _("Press Ctrl+Enter to apply"),
    }
    hidden, shown = "visibility: hidden; font-size: 0;", "visibility: visible;"
    return [f"{place} {{ {hidden} }} {_after(place, text, shown)}" for place, text in instead.items()]


def _focusable() -> list[str]:
    """The button of an upload, why a file was not taken (in a box of its own), the parts of an empty date, the menu."""
    date, theme = '[data-rac][data-placeholder="true"][data-type="{}"]', '[data-testid="stMainMenuItem-theme-{}"]'
    parts = {"day": _("dd"), "month": _("mm"), "year": _("yyyy")}
    themes = {"System": _("As the system"), "Light": _("Light"), "Dark": _("Dark")}
    most = st.get_option("server.maxUploadSize")
    refused = _("Not taken: larger than {size} MB, or of a kind that is not read here.", size=most)
    instead = {
        '[data-testid="stTooltipErrorContent"]': refused,
        '[data-testid="stFileChip"] [role="alert"]': refused,
        f'{_UPLOADER} [data-testid="stBaseButton-secondary"] p': _("Upload"),
        '[data-testid="stMainMenuItem-print"] [data-testid="stMainMenuItemLabel"]': _("Print"),
        '[data-testid="stMainMenuItem-recordScreencast"] [data-testid="stMainMenuItemLabel"]': _("Record screen"),
    }
    instead |= {date.format(part): text for part, text in parts.items()}
    instead |= {theme.format(name): text for name, text in themes.items()}
    return [f"{place} {{ font-size: 0; }} {_after(place, text)}" for place, text in instead.items()]


def _after(place: str, text: str, more: str = "") -> str:
    content = json.dumps(text, ensure_ascii=False).replace("<", "\\3c ")
    return f"{place}::after {{ content: {content}; font-size: {_SIZE}; {more} }}\n"
