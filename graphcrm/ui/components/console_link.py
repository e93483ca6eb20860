"""The two parts of the page of queries, and the way from a named query into the console (D3)."""

from __future__ import annotations

from typing import Any

import streamlit as st

from graphcrm.i18n import translate as _
from graphcrm.queries.binder import Asked, Query
from graphcrm.services import asking
from graphcrm.ui import session
from graphcrm.ui.components.console_state import load_question, text_of
from graphcrm.ui.places import place
from graphcrm.ui.state import ui_state

PART, CONSOLE, LIBRARY = "part", "console", "library"


def console_is_open() -> bool:
    """Draw the choice between library and console; the address keeps it."""
    names = {LIBRARY: _("Library"), CONSOLE: _("Console")}
    kept = ui_state().pages
    if PART not in st.session_state:
        told = session.query_parameter(PART) or kept.get("queries-part")
        st.session_state[PART] = told if told in names else LIBRARY
    chosen = st.segmented_control(
        _("Way of asking"), list(names), format_func=names.__getitem__, required=True, key=PART,
        label_visibility="collapsed",
    )  # fmt: skip
    kept["queries-part"] = chosen
    if chosen == CONSOLE:
        st.query_params[PART] = CONSOLE
    elif PART in st.query_params:
        del st.query_params[PART]
    return chosen == CONSOLE


def console_button(query: Query, answer: asking.Answer | None) -> None:
    """Opens a named query in the console, with the values of its last answer, or those that it begins with."""
    st.button(_("Open in the console"), icon=":material/terminal:", key="open-console", on_click=_open,
              args=(query, dict(answer.asked.parameters) if answer else {}))  # fmt: skip


def console_way(asked: Asked, key: str) -> None:
    """From another page: a button that leads to the console, with a query as it was asked."""
    if st.button(_("Open in the console"), icon=":material/terminal:", key=key, type="tertiary"):
        _open(asked.query, dict(asked.parameters))
        st.switch_page(place("queries"), query_params={PART: CONSOLE})


def _open(query: Query, given: dict[str, Any]) -> None:
    known = {name: query.defaults.get(name) for name in query.parameters}
    if "as_of" in known:
        known["as_of"] = session.current_day()
    values = {name: text_of(value) for name, value in (known | given).items() if value is not None}
    load_question(query.text.strip(), values)
    st.session_state[PART] = CONSOLE
