"""Values as the pages show them: those of :mod:`graphcrm.formats`, and text that must stay text."""

from __future__ import annotations

import html
import re

from graphcrm.formats import (
    DASH,
    country_name,
    day,
    day_of_week,
    days_from,
    moment,
    money,
    number,
    partial_day,
    percent,
    share,
    share_or_not_known,
)
from graphcrm.i18n import language

__all__ = [
    "DASH",
    "country_name",
    "day",
    "day_in_table",
    "day_of_week",
    "days_from",
    "moment",
    "money",
    "number",
    "partial_day",
    "percent",
    "plain",
    "safe",
    "share",
    "share_or_not_known",
]


def day_in_table() -> str:
    """How a column of days is written in the language in use, for ``st.column_config.DateColumn``."""
    return "DD.MM.YYYY" if language() == "ru" else "D MMM YYYY"


_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&^=\"'])")

_ICON = re.compile(r":(?=(?:material|streamlit)\b)")


def plain(text: object) -> str:
    """Text for anything that Streamlit reads as Markdown: shown as it is, whatever it holds.

    Names are not ours: without this, ``![](http://...)`` in one would fetch a picture from a stranger. Streamlit looks
    for its icons (``:material/home:``) behind all escapes; an invisible sign that joins words stops it.
    """
    words = _ICON.sub(":\u2060", " ".join(str(text).split()))
    return _MARKUP.sub(r"\\\1", words)


def safe(text: object) -> str:
    """Text for ``st.html``: shown as it is."""
    return html.escape(str(text), quote=True)
