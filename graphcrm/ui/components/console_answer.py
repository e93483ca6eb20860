"""An answer of the console (D3): how much and how quickly, what was cut, a picture, a table, a file."""

from __future__ import annotations

from typing import Any

import streamlit as st

from graphcrm.i18n import plural
from graphcrm.i18n import translate as _
from graphcrm.services import console as service
from graphcrm.services.console import ConsoleAnswer, Node
from graphcrm.ui.components.answer_table import MOST_ROWS_SHOWN, answer_table, page_of
from graphcrm.ui.components.console_picture import answer_graph, node_name, render_picture
from graphcrm.ui.components.empty import empty
from graphcrm.ui.components.formats import number, plain, safe
from graphcrm.ui.components.tabs import draw_tabs


def render_answer(answer: ConsoleAnswer, turn: int) -> None:
    """Draw it. ``turn``: tells it from the answers before."""
    told, file = st.columns([3, 1], vertical_alignment="center")
    rows = plural("{n} row", "{n} rows", len(answer.rows))
    told.markdown(plain(_("{rows} in {seconds} s", rows=rows, seconds=number(answer.seconds, 2))))
    if answer.rows:
        file.download_button(
            _("Download CSV"), lambda: service.as_csv(answer.columns, answer.rows).encode("utf-8-sig"),
            "answer.csv", "text/csv", icon=":material/download:", key="console-csv", on_click="ignore",
        )  # fmt: skip
    for sentence in service.cut_told(answer):
        st.html(f'<p class="gc-missing">{safe(sentence)}</p>')
    for hint in answer.hints:
        st.caption(plain(_("Neo4j remarks: {words}", words=hint)))
    if not answer.rows:
        empty(_("Nothing found"), _("The query found no rows."))
        return
    graph = answer_graph(answer.rows)
    if not graph.nodes:
        _table(answer, turn)
        return
    views = [(_("Picture"), lambda: render_picture(graph, turn)), (_("Table"), lambda: _table(answer, turn))]
    # Nodes without a tie tell more in a table.
    draw_tabs(views if graph.ties else views[::-1], "console-views", "ties" if graph.ties else "nodes")


def _table(answer: ConsoleAnswer, turn: int) -> None:
    rows: list[dict[str, Any]] = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    if len(rows) > MOST_ROWS_SHOWN:
        st.caption(_("The first {shown} are shown; the file holds all.", shown=MOST_ROWS_SHOWN))
    answer_table(answer.columns, rows, key=f"console-table-{turn}", title=_("Answer"), show=_cell)


def _cell(value: Any) -> str:
    """A name that opens a page stands alone; all else as Cypher writes it."""
    return node_name(value) if isinstance(value, Node) and page_of("", value) else service.shown(value)
