"""Questions to the graph (D3): the library of named queries, and the console for free Cypher."""

from __future__ import annotations

import streamlit as st

from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.queries.binder import Query
from graphcrm.services import asking
from graphcrm.ui import session
from graphcrm.ui.components.answer_table import MOST_ROWS_SHOWN, answer_table, open_kept
from graphcrm.ui.components.computed import copyable
from graphcrm.ui.components.console import render_console
from graphcrm.ui.components.console_link import console_button, console_is_open
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import plain
from graphcrm.ui.components.query_form import parameter_form
from graphcrm.ui.state import ui_state


def page() -> None:
    """The console, or the library: choose a query on the left, ask it and read its rows on the right."""
    st.title(_("Queries"), anchor=False)
    if console_is_open():
        render_console()
        return
    app = session.current_app()
    st.caption(
        _("Every number in graphcrm comes from a named query. Here each can be asked by itself; none changes anything.")
    )
    left, right = st.columns([1, 2.2], gap="large")
    with left:
        query = _chosen()
        st.write(plain(_(query.documentation)))
        values = parameter_form(app, query)
    if values is not None:
        ui_state().pages["answer"] = asking.ask(app.database, session.current_viewer(), query.name, values)
    answer = ui_state().pages.get("answer")
    answer = answer if answer is not None and answer.asked.query.name == query.name else None
    with left:
        console_button(query, answer)
    with right:
        if answer is not None:
            _show(answer)
        else:
            st.code(query.text, language="cypher", wrap_lines=True)
    open_kept()


def _chosen() -> Query:
    known = {query.name: query for query in asking.named_queries()}
    name = st.selectbox(
        _("Query"), list(known), format_func=lambda name: f"{known[name].topic} · {name}", key="query",
        persist_state="session",
    )  # fmt: skip
    return known[name]


def _show(answer: asking.Answer) -> None:
    count = len(answer.rows)
    heading, download = st.columns([2, 1], vertical_alignment="center")
    heading.markdown(f"**{plural('{n} row', '{n} rows', count)}**")
    if not count:
        empty(_("Nothing found"), _("The query found no rows for these parameters."))
    else:
        download.download_button(
            _("Download CSV"), data=lambda: asking.as_csv(answer.columns, answer.rows).encode("utf-8-sig"),
            file_name=f"{answer.asked.query.name}.csv", mime="text/csv", icon=":material/download:",
            on_click="ignore",
        )  # fmt: skip
        if count > MOST_ROWS_SHOWN:
            st.caption(_("The first {shown} are shown; the file holds all.", shown=MOST_ROWS_SHOWN))
        answer_table(answer.columns, answer.rows, key="answer_table", title=answer.asked.query.name)
    with st.expander(_("Cypher and parameters"), icon=":material/code:"):
        st.code(copyable(answer.asked), language="cypher", wrap_lines=True)
