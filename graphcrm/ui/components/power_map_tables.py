"""The map as tables: the same people and ties, for keyboards, screen readers and whoever prefers rows.

A row chosen is shown on the map.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from graphcrm.drawing.power_map import Filters, coverage_of, role_names, shown_people
from graphcrm.drawing.power_map_ties import chart_ties, map_ties, tie_name
from graphcrm.i18n import language
from graphcrm.i18n import translate as _
from graphcrm.services.power_map import PowerMap
from graphcrm.vocabulary import VOCABULARY

Ask = Callable[..., None]


def render_tables(found: PowerMap, filters: Filters, ask: Ask, key: str) -> None:
    """Two tables behind an expander; choosing rows chooses the cards. ``ask`` hands a wish to the map."""
    with st.expander(_("The same as a table"), icon=":material/table:", key=f"{key}-tables", on_change="rerun") as box:
        if not box.open:
            return
        people, ties = st.tabs([_("People"), _("Ties")])
        with people:
            _people(found, filters, ask, f"{key}-people")
        with ties:
            _ties(found, filters, ask, f"{key}-rows")


def _people(found: PowerMap, filters: Filters, ask: Ask, key: str) -> None:
    graph = found.structure.influence_graph()
    shown = shown_people(found, filters)
    rows: list[dict[str, Any]] = []
    for person in shown:
        figure = found.figures.get(person.id)
        rows.append(
            {
                _("Rank"): figure.rank if figure else None,
                _("Name"): person.name,
                _("Title"): person.title or "",
                _("Unit"): person.unit_name or "",
                _("Roles"): ", ".join(role_names(person.roles)),
                _("Attitude to us"): VOCABULARY.value_name("support", person.support, language()),
                _("Coverage"): VOCABULARY.value_name("coverage", coverage_of(found, person.id), language()),
                _("Influences"): graph.out_degree(person.id),
                _("Influenced by"): graph.in_degree(person.id),
                _("Not known"): len(found.gaps.get(person.id, ())),
            }
        )

    def choose() -> None:
        chosen = tuple(shown[row].id for row in _chosen(key) if row < len(shown))
        ask(select=chosen, focus=chosen[0] if len(chosen) == 1 else None)

    _table(rows, key, choose)


def _ties(found: PowerMap, filters: Filters, ask: Ask, key: str) -> None:
    edges = [*chart_ties(found, filters.ties, None), *map_ties(found, filters.ties)]
    names = found.structure.names | {item.id: item.name for item in found.neighbours}
    names.setdefault(found.client_id, found.client_name)
    rows = []
    for edge in edges:
        # A reporting line is drawn from the boss down; in words it goes up.
        start, end = (edge.target, edge.source) if edge.kind == "REPORTS_TO" else (edge.source, edge.target)
        rows.append(
            {
                _("From"): names.get(start, start),
                _("Tie"): tie_name(edge.kind),
                _("To"): names.get(end, end),
                _("Details"): " · ".join(edge.tooltip[1:]),
            }
        )

    def choose() -> None:
        ask(
            select=tuple(
                end for row in _chosen(key) if row < len(edges) for end in (edges[row].source, edges[row].target)
            )
        )

    _table(rows, key, choose)


def _table(rows: list[dict[str, Any]], key: str, choose: Callable[[], None]) -> None:
    if not rows:
        st.caption(_("Nothing to show with these filters."))
        return
    st.dataframe(rows, hide_index=True, key=key, on_select=choose, selection_mode="multi-row", height="auto")


def _chosen(key: str) -> list[int]:
    state = st.session_state.get(key)
    return list(state["selection"]["rows"]) if state else []
