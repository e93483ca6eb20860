"""The power map's tab: what is shown and how, the map, details beside it, the same as tables, and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import streamlit as st

from graphcrm.bootstrap import App
from graphcrm.domain.power import PowerWeights
from graphcrm.domain.viewer import Viewer
from graphcrm.drawing.model import MapData
from graphcrm.drawing.power_map import Filters, draw_map
from graphcrm.drawing.power_map_ties import REASONED
from graphcrm.i18n import translate as _
from graphcrm.services.power_map import (
    PowerMap,
    forget_places,
    power_map,
    power_map_asked,
    reasoned_asked,
    save_places,
    saved_places,
    with_reasoned,
)
from graphcrm.ui.components.computed import how_computed
from graphcrm.ui.components.edit_boss import ask_new_boss
from graphcrm.ui.components.empty import nobody_known
from graphcrm.ui.components.errors import guarded, guarded_callback
from graphcrm.ui.components.power_map_details import render_details
from graphcrm.ui.components.power_map_export import render_export
from graphcrm.ui.components.power_map_filters import choose_filters, choose_ties, show_legend
from graphcrm.ui.components.power_map_tables import render_tables
from graphcrm.ui.components.stance import chosen_subject
from graphcrm.ui.graph.component import (
    Command,
    Heard,
    Selection,
    current_selection,
    dropped_nodes,
    expanded_node,
    load_map_library,
    moved_places,
    show_map,
)
from graphcrm.ui.state import ui_state

WINDOW = (800.0, 620.0)
HEIGHT = 640


@dataclass(slots=True)
class MapMemory:
    """What the tab keeps of one client between runs.

    Attributes:
        expanded: ids of what was expanded. command: the last thing asked of the map.
        dropped: the card that was let go over another, and that other, until it was asked what is meant.
    """

    expanded: tuple[str, ...] = ()
    command: Command = field(default_factory=Command)
    dropped: tuple[str, str] | None = None

    def ask(self, **wish: object) -> None:
        """Ask the map for something, once."""
        self.command = Command(number=self.command.number + 1, **wish)  # type: ignore[arg-type]


@st.fragment
@guarded
def render_power_map(
    app: App, viewer: Viewer, client_id: str, as_of: date, *, weights: PowerWeights | None = None
) -> None:
    """Draw the tab. A fragment: choices on the map draw the map and its details again, not the page."""
    load_map_library()
    memory = map_memory(client_id)
    found = power_map(
        app.database, viewer, chosen_subject(client_id), as_of=as_of, weights=weights, expanded=memory.expanded
    )
    if not found.structure.people:
        nobody_known(as_of)
        return
    layout, filters = _controls(found, memory)
    if REASONED in filters.ties:
        found = with_reasoned(app.database, viewer, found)
    saved = saved_places(app.database, viewer, client_id, layout)
    data = draw_map(found, layout, filters, saved, WINDOW)
    names = found.structure.names
    left, right = st.columns([2.7, 1], gap="medium")
    with left:
        selection = _map(app, viewer, data, (client_id, layout), memory)
        show_legend(filters)
    with right, st.container(key="map-details"):
        render_details(app, viewer, found, data, selection)
        _expansion(found, selection, memory)
    render_tables(found, filters, memory.ask, key=_key(client_id))
    if memory.dropped:
        (person, boss), memory.dropped = memory.dropped, None
        ask_new_boss((person, names.get(person)), (boss, names.get(boss)))
    with st.container(horizontal=True):
        if saved:
            st.button(
                _("Put the cards back in order"),
                icon=":material/restart_alt:",
                type="tertiary",
                key="map-restore",
                on_click=guarded_callback(lambda: forget_places(app.database, viewer, client_id, layout)),
            )
        _computed(found, layout, filters)


def _computed(found: PowerMap, layout: str, filters: Filters) -> None:
    questions = power_map_asked(chosen_subject(found.client_id), found.structure.as_of)
    questions += reasoned_asked(found) if REASONED in filters.ties else ()
    how_computed(questions, _formula(layout), key="power-map")


def map_memory(client_id: str) -> MapMemory:
    """What the session keeps of this client's map."""
    return ui_state().pages.setdefault(f"power-map/{client_id}", MapMemory())


def _key(client_id: str) -> str:
    """The map's key in the session. Streamlit forbids double underscores in it."""
    return f"power-map-{client_id}".replace("__", "-")


def _controls(found: PowerMap, memory: MapMemory) -> tuple[str, Filters]:
    """Over the map: layout, filters, search and export, and the switches of the ties."""
    names = {
        "chart": _("Organisation chart"),
        "network": _("Influence network"),
        "quadrant": _("Power and support"),
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        layout = st.segmented_control(
            _("Layout"),
            list(names),
            default="chart",
            format_func=names.__getitem__,
            key="map-layout",
            label_visibility="collapsed",
            required=True,
        )
        people = choose_filters(found)
        _search(found, memory)
        exports = st.container(width="content")
    filters = choose_ties(people)
    with exports:
        render_export(found, memory.ask, lambda: _drawn_for_export(found, layout or "chart", filters))
    return layout or "chart", filters


def _drawn_for_export(found: PowerMap, layout: str, filters: Filters) -> MapData:
    from graphcrm.ui import session

    app, viewer = session.current_app(), session.current_viewer()
    saved = saved_places(app.database, viewer, found.client_id, layout)
    return replace(draw_map(found, layout, filters, saved, WINDOW), note="")


def _search(found: PowerMap, memory: MapMemory) -> None:
    """A box that finds a person by name and shows the card."""
    names = found.structure.names | {item.id: item.name for item in found.neighbours}
    key = f"{_key(found.client_id)}-find"

    def go() -> None:
        person = st.session_state.get(key)
        if person:
            memory.ask(select=(person,), focus=person)

    st.selectbox(
        _("Find a person"),
        sorted(names, key=names.__getitem__),
        index=None,
        format_func=lambda person: names.get(person, person),
        placeholder=_("Find a person"),
        key=key,
        label_visibility="collapsed",
        on_change=go,
        width=220,
    )


def _map(app: App, viewer: Viewer, data: MapData, place: tuple[str, str], memory: MapMemory) -> Selection:
    client_id, layout = place
    key = _key(client_id)

    @guarded_callback
    def keep_places() -> None:
        where, moved = moved_places(key)
        if where == f"{client_id}/{layout}" and moved:
            spots = {node: (at.x, at.y) for node, at in moved.items()}
            save_places(app.database, viewer, client_id, layout, spots)

    def expand() -> None:
        node = expanded_node(key)
        if node:
            toggle(memory, node)

    def drop() -> None:
        memory.dropped = dropped_nodes(key)

    chosen = show_map(
        data,
        key=key,
        height=HEIGHT,
        command=memory.command,
        heard=Heard(expand, keep_places, drop if layout == "chart" and viewer.may_write else None),
    )
    shown = {node.id for node in data.nodes}
    drawn = {edge.id for edge in data.edges}
    return Selection(
        tuple(node for node in chosen.nodes if node in shown), tuple(edge for edge in chosen.edges if edge in drawn)
    )


def toggle(memory: MapMemory, node: str) -> None:
    """Expand a node, or take back what it brought; the map is fitted anew, so that all of it is seen."""
    memory.ask(fit=True)
    if node in memory.expanded:
        memory.expanded = tuple(other for other in memory.expanded if other != node)
    else:
        memory.expanded = (*memory.expanded, node)


def _expansion(found: PowerMap, selection: Selection, memory: MapMemory) -> None:
    """Buttons that bring in the client's partners, or what is around the card chosen, and take it away again."""

    def button(label: str, icon: str, name: str, act: Callable[[], None]) -> None:
        st.button(label, icon=f":material/{icon}:", key=f"map-{name}", on_click=act, width="stretch")

    node = selection.nodes[0] if len(selection.nodes) == 1 else None
    if node is None:
        label = _("Hide the partners") if found.client_id in memory.expanded else _("Show partners and owners")
        button(label, "hub", "partners", lambda: toggle(memory, found.client_id))
    else:
        label = _("Hide the surroundings") if node in memory.expanded else _("Show ties to other firms")
        button(label, "hub", "expand", lambda: toggle(memory, node))
    if memory.expanded:
        button(_("Only this client"), "close_fullscreen", "collapse", lambda: setattr(memory, "expanded", ()))


def _formula(layout: str) -> str:
    if layout == "quadrant":
        return _("Height is the power score as a share of the greatest at this client; the band is the attitude to us.")
    if layout == "network":
        return _("Distances follow the ties, stronger ones shorter (stress majorisation, Gansner and others 2004).")
    return _("A ring marks a key figure with its rank by power; the size of a card grows with its reach of influence.")


__all__ = ["MapMemory", "current_selection", "map_memory", "render_power_map", "toggle"]
