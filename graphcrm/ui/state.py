"""What a session of the app has chosen: one record under one key of Streamlit's session state.

Values of widgets live under the widgets' own keys; what outlives a widget, or belongs to no widget, lives here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from graphcrm import i18n
from graphcrm.config import load_settings
from graphcrm.domain.viewer import Viewer

KEY = "graphcrm"
ME = "week_for"
"""Under this key of the page state lies who of ours uses the app: the account's person, or who was chosen on a page."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who was let in, in which run, and when by the clock of this process."""

    viewer: Viewer
    run: object
    at: float


@dataclass(slots=True)
class UiState:
    """The choices of one session.

    Attributes:
        language: "en" or "ru".
        as_of: the day as of which everything is shown; None is today.
        weights: the user's own weights of the power score, by name; empty means the defaults.
        failure: what went wrong in a callback; the frame shows it once.
        done: what an action has achieved; the frame shows it once.
        admitted: who asks, where one signs in.
        seen_by: for whom the last page was drawn.
        pages: whatever a page must keep between runs and no widget holds, by a key of the page's own.
    """

    language: str = "en"
    as_of: date | None = None
    weights: dict[str, float] = field(default_factory=dict)
    failure: Exception | None = None
    done: str = ""
    admitted: Admitted | None = None
    seen_by: Viewer | None = None
    pages: dict[str, Any] = field(default_factory=dict)


def ui_state() -> UiState:
    """The record of this session; made at its first use, in the browser's language."""
    if KEY not in st.session_state:
        st.session_state[KEY] = UiState(language=default_language())
    return st.session_state[KEY]


def default_language() -> str:
    """The language before anybody has chosen: the configured one, else the browser's."""
    return i18n.supported(load_settings().language or st.context.locale)


def _language_of_session() -> str | None:
    if get_script_run_ctx(suppress_warning=True) is None or KEY not in st.session_state:
        return None
    return st.session_state[KEY].language


i18n.follow(_language_of_session)
