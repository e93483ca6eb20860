"""The read-only console (D3): free Cypher, the values of its parameters, its answer, the graph's words beside it."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from graphcrm.errors import CypherWrong, DatabaseError, GraphcrmError
from graphcrm.i18n import describe, language
from graphcrm.i18n import translate as _
from graphcrm.services import console as service
from graphcrm.ui import session
from graphcrm.ui.components.answer_table import open_kept
from graphcrm.ui.components.console_answer import render_answer
from graphcrm.ui.components.console_state import (
    TEXT,
    VALUE,
    ConsoleState,
    Question,
    console_state,
    load_question,
    value_of,
)
from graphcrm.ui.components.console_words import render_words
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.errors import guarded, show
from graphcrm.ui.components.formats import plain
from graphcrm.ui.components.tabs import draw_tabs
from graphcrm.ui.graph.component import load_map_library
from graphcrm.vocabulary.console import cypher_examples

MOST_LISTED = 10
LISTS_HEIGHT = 260
"""Pixels, as the fields beside: what is longer scrolls, and the answer below has the whole width."""


@st.fragment
@guarded
def render_console() -> None:
    """Draw the console. A fragment: writing and asking draw it again, not the page."""
    load_map_library()
    state = console_state()
    if closed := service.console_closed(session.current_app().database):
        show(closed)
        return
    left, right = st.columns([2.6, 1], gap="large")
    with left:
        asked = _fields(state)
    with right, st.container(height=LISTS_HEIGHT, border=False):
        lists = [(_("Examples"), _examples), (_("Asked before"), _earlier), (_("Words of the graph"), render_words)]
        draw_tabs(lists, "console-lists", "console")
    if asked:
        _ask(state)
    _outcome(state)
    open_kept()


def _fields(state: ConsoleState) -> bool:
    """The text and the values; True when it is to be asked now."""
    st.session_state.setdefault(TEXT, state.question.cypher)
    cypher = st.text_area(
        _("Query in Cypher"), key=TEXT, height=190, label_visibility="collapsed",
        placeholder=cypher_examples()[0].cypher,
    )  # fmt: skip
    values = _values(state, cypher or "")
    state.question = Question(cypher or "", values)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        asked = st.button(
            _("Run"), type="primary", icon=":material/play_arrow:", key="console-run", shortcut="Ctrl+Enter"
        )
        st.caption(_("Reads only: nothing can be changed from here."), width="content")
    return asked


def _values(state: ConsoleState, cypher: str) -> dict[str, str]:
    names = _names(state, cypher)
    values = {}
    for column, name in zip(st.columns(min(len(names), 3)) * len(names) if names else (), names, strict=False):
        st.session_state.setdefault(VALUE + name, state.question.values.get(name, ""))
        values[name] = column.text_input(
            f"${_label(name)}", key=VALUE + name, placeholder=_("A value"),
            help=_('A number, true, a day as 2026-11-26 or a list as ["a", "b"] is taken for what it is; all else is '
                   'text. What is to stay text stands in quotes: "12".'),
        )  # fmt: skip
    return values


def _label(name: str) -> str:
    """A screen reader would read the signs that keep a name from being markup: only where they are needed."""
    return name if name.isidentifier() and name == name.strip("_") else plain(name)


def _names(state: ConsoleState, cypher: str) -> tuple[str, ...]:
    """The parameters; while the text has a mistake, those that it had before."""
    if state.names_of != cypher:
        state.names_of = cypher
        if "$" not in cypher:
            state.names = ()
        else:
            app = session.current_app()
            with suppress(GraphcrmError):
                state.names = service.cypher_parameters(app.database, session.current_viewer(), cypher)
    return state.names


def _ask(state: ConsoleState) -> None:
    app, question = session.current_app(), state.question
    values = {name: value_of(text) for name, text in question.values.items() if text}
    state.answer, state.failure, state.failed = None, None, question.cypher
    try:
        with st.spinner(_("Neo4j is asked…")):
            state.answer = service.ask_cypher(app.database, session.current_viewer(), question.cypher, values)
    except GraphcrmError as failure:
        state.failure = failure
    else:
        state.number += 1
    if question.cypher.strip():
        state.keep(question)


def _outcome(state: ConsoleState) -> None:
    failure = state.failure
    if failure is not None:
        if isinstance(failure, DatabaseError) and not isinstance(failure, CypherWrong):
            show(failure)
        else:
            st.warning(plain(describe(failure)), icon=":material/block:")
        if isinstance(failure, CypherWrong) and failure.line and failure.column:
            st.code(service.pointed(state.failed, failure.line, failure.column), language=None)
    elif state.answer is not None:
        render_answer(state.answer, state.number)
    else:
        empty(_("Nothing has been asked yet"), _("Write a query and press Ctrl+Enter, or begin with an example."))


def _examples() -> None:
    for place, one in enumerate(cypher_examples()):
        st.button(plain(one.name_in(language())), key=f"console-example-{place}", type="tertiary",
                  icon=":material/lightbulb:", on_click=load_question, args=(one.cypher, one.values))  # fmt: skip


def _earlier() -> None:
    questions = console_state().asked[:MOST_LISTED]
    if not questions:
        st.caption(_("What you ask in this session is listed here; it is written down nowhere."))
    for place, one in enumerate(questions):
        told = " ".join(one.cypher.split())
        values = ", ".join(f"{name} = {text}" for name, text in one.values.items() if text)
        st.button(plain(told[:90] + ("…" if len(told) > 90 else "")), key=f"console-asked-{place}", type="tertiary",
                  icon=":material/history:", help=plain(values) or None, on_click=load_question,
                  args=(one.cypher, one.values))  # fmt: skip
